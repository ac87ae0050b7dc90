#include "tests/support/tls_client.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>

namespace wayside::support {
namespace {

int connect_to(int port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval patience{10, 0};
  (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  (void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(port));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  // Where it fails, hands cannot be shaken, which every test notices.
  (void)::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to);
  return fd;
}

void set_manner(SSL_CTX* context, const TlsManner& manner) {
  // Old versions need what OpenSSL forbids by default.
  SSL_CTX_set_security_level(context, 0);
  SSL_CTX_set_min_proto_version(context, manner.least_version);
  SSL_CTX_set_max_proto_version(context, manner.most_version);
  if (!manner.ca.empty()) {
    SSL_CTX_load_verify_locations(context, manner.ca.c_str(), nullptr);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  }
  if (!manner.identity.cert.empty()) {
    SSL_CTX_use_certificate_chain_file(context, manner.identity.cert.c_str());
    SSL_CTX_use_PrivateKey_file(context, manner.identity.key.c_str(), SSL_FILETYPE_PEM);
  }
  if (!manner.protocol.empty()) {
    const std::string offer = static_cast<char>(manner.protocol.size()) + manner.protocol;
    SSL_CTX_set_alpn_protos(context, reinterpret_cast<const unsigned char*>(offer.data()),
                            static_cast<unsigned>(offer.size()));
  }
}

}  // namespace

TlsClient::TlsClient(int port, const TlsManner& manner)
    : socket_(connect_to(port)),
      context_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free),
      session_(nullptr, SSL_free) {
  std::signal(SIGPIPE, SIG_IGN);
  ERR_clear_error();
  set_manner(context_.get(), manner);
  session_.reset(SSL_new(context_.get()));
  SSL_set_fd(session_.get(), socket_);
  const int result = SSL_connect(session_.get());
  connected_ = result == 1;
  if (!connected_) note_error(result);
}

TlsClient::~TlsClient() {
  session_.reset();
  ::close(socket_);
}

void TlsClient::note_error(int result) {
  const int kind = SSL_get_error(session_.get(), result);
  const char* reason = ERR_reason_error_string(ERR_peek_error());
  error_ = reason != nullptr ? reason : "the connection broke (" + std::to_string(kind) + ")";
  ERR_clear_error();
}

std::string TlsClient::server_name() const {
  const std::unique_ptr<X509, void (*)(X509*)> certificate(
      SSL_get1_peer_certificate(session_.get()), X509_free);
  std::array<char, 256> name{};
  if (certificate) {
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, name.data(),
                              static_cast<int>(name.size()));
  }
  return name.data();
}

bool TlsClient::send(std::string_view bytes) {
  std::size_t sent = 0;
  return SSL_write_ex(session_.get(), bytes.data(), bytes.size(), &sent) == 1;
}

std::string TlsClient::read_all() {
  std::string all;
  std::array<char, 16384> block{};
  for (;;) {
    std::size_t got = 0;
    const int result = SSL_read_ex(session_.get(), block.data(), block.size(), &got);
    if (result != 1) {
      ended_well_ = SSL_get_error(session_.get(), result) == SSL_ERROR_ZERO_RETURN;
      if (!ended_well_) note_error(result);
      return all;
    }
    all.append(block.data(), got);
  }
}

std::string client_hello() {
  const std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context(SSL_CTX_new(TLS_client_method()),
                                                             SSL_CTX_free);
  const std::unique_ptr<SSL, void (*)(SSL*)> session(SSL_new(context.get()), SSL_free);
  SSL_set_bio(session.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
  (void)SSL_connect(session.get());
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(SSL_get_wbio(session.get()), &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

}  // namespace wayside::support
