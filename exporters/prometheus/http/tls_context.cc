#include "exporters/prometheus/http/tls_context.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>

#include "agent/core/result.h"

namespace wayside {
namespace {

using Problem = std::optional<TlsProblem>;

// What TLS 1.2 may use: forward secrecy and authenticated encryption. TLS 1.3 has nothing else.
constexpr const char* kCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20";
// While hands are shaken, so that one who goes no further does not cost a whole record's buffer.
constexpr long kHandshakeRecord = 2048;
constexpr long kMostClientChain = 24 * 1024;

// OpenSSL's first reason, for the cases that nobody thought of.
std::string reason() {
  const char* text = ERR_reason_error_string(ERR_peek_error());
  return text == nullptr ? "OpenSSL does not say why" : text;
}

// Of several errors it is the first or the last that tells.
bool failed_for(int library, int why) {
  const auto is_it = [&](unsigned long code) {
    return ERR_GET_LIB(code) == library && ERR_GET_REASON(code) == why;
  };
  return is_it(ERR_peek_error()) || is_it(ERR_peek_last_error());
}

// Without the path, which may come from the environment: the key says which file it is.
Problem wrong(std::string_view key, const std::string& why) {
  return TlsProblem{key, "the file " + why};
}

// A pipe would be waited for, and OpenSSL does not say why a file cannot be opened.
Problem check_file(std::string_view key, const std::filesystem::path& path) {
  struct stat about = {};
  if (::stat(path.c_str(), &about) != 0 || ::access(path.c_str(), R_OK) != 0) {
    return wrong(key, system_error("cannot be read").message);
  }
  if (!S_ISREG(about.st_mode)) return wrong(key, "is not a regular file");
  return std::nullopt;
}

// Nobody could type it.
int no_passphrase(char*, int, int, void*) {
  return -1;
}

Problem use_certificate(SSL_CTX* context, const TlsConfig& config) {
  if (auto problem = check_file("cert", config.cert)) return problem;
  if (SSL_CTX_use_certificate_chain_file(context, config.cert.c_str()) == 1) return std::nullopt;
  if (failed_for(ERR_LIB_PEM, PEM_R_NO_START_LINE)) {
    return wrong("cert", "holds no certificate in PEM form");
  }
  return wrong("cert", "cannot be used: " + reason());
}

Problem use_key(SSL_CTX* context, const TlsConfig& config) {
  if (auto problem = check_file("key", config.key)) return problem;
  SSL_CTX_set_default_passwd_cb(context, no_passphrase);
  if (SSL_CTX_use_PrivateKey_file(context, config.key.c_str(), SSL_FILETYPE_PEM) == 1 &&
      SSL_CTX_check_private_key(context) == 1) {
    return std::nullopt;
  }
  if (failed_for(ERR_LIB_X509, X509_R_KEY_VALUES_MISMATCH) ||
      failed_for(ERR_LIB_X509, X509_R_KEY_TYPE_MISMATCH)) {
    return wrong("key", "is not the key of the certificate");
  }
  if (failed_for(ERR_LIB_PEM, PEM_R_BAD_PASSWORD_READ)) {
    return wrong("key", "is locked with a passphrase; it is to be without one");
  }
  return wrong("key", "holds no private key in PEM form: " + reason());
}

Problem use_client_ca(SSL_CTX* context, const TlsConfig& config) {
  if (config.client_ca.empty()) return std::nullopt;
  if (auto problem = check_file("client_ca", config.client_ca)) return problem;
  auto* names = SSL_load_client_CA_file(config.client_ca.c_str());
  if (names == nullptr ||
      SSL_CTX_load_verify_locations(context, config.client_ca.c_str(), nullptr) != 1) {
    sk_X509_NAME_pop_free(names, X509_NAME_free);
    return wrong("client_ca", "holds no certificate in PEM form");
  }
  SSL_CTX_set_client_CA_list(context, names);
  const int demand = config.requires_client_cert() ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0;
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | demand, nullptr);
  return std::nullopt;
}

// HTTP/1.1 for who asks; who offers only other protocols speaks none of ours (RFC 7301, 3.2).
int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_size,
                    const unsigned char* offered, unsigned int offered_size, void*) {
  static constexpr unsigned char kOurs[] = "\x08http/1.1";
  unsigned char* chosen = nullptr;
  const int found =
      SSL_select_next_proto(&chosen, out_size, kOurs, sizeof kOurs - 1, offered, offered_size);
  *out = chosen;
  return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

bool set_rules(SSL_CTX* context, const TlsConfig& config) {
  const bool newest = config.min_version == TlsConfig::Version::v1_3;
  SSL_CTX_set_options(context, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_max_send_fragment(context, kHandshakeRecord);
  SSL_CTX_set_max_cert_list(context, kMostClientChain);
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
  return SSL_CTX_set_num_tickets(context, 0) == 1 &&
         SSL_CTX_set_min_proto_version(context, newest ? TLS1_3_VERSION : TLS1_2_VERSION) == 1 &&
         SSL_CTX_set_cipher_list(context, kCiphers) == 1;
}

WallTime end_of(const X509* certificate) {
  std::tm end{};
  if (certificate == nullptr || ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &end) != 1) {
    return kNoTime;
  }
  return WallTime{std::chrono::seconds{::timegm(&end)}};
}

// A group that may read it is usual (ssl-cert of Debian); the world, or others who write, is not.
void warn_of_open_key(const std::filesystem::path& path, std::vector<std::string>& warnings) {
  constexpr mode_t kTooOpen = S_IRWXO | S_IWGRP;
  struct stat about = {};
  if (::stat(path.c_str(), &about) != 0 || (about.st_mode & kTooOpen) == 0) return;
  warnings.emplace_back("the private key is open to others than its owner: chmod 600 its file");
}

void warn_of_dates(const X509* certificate, std::vector<std::string>& warnings) {
  if (certificate == nullptr) return;
  if (X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0) {
    warnings.emplace_back("the certificate is out of date");
  } else if (X509_cmp_current_time(X509_get0_notBefore(certificate)) > 0) {
    warnings.emplace_back("the certificate is not valid yet");
  }
}

}  // namespace

void TlsContext::Free::operator()(ssl_ctx_st* context) const {
  SSL_CTX_free(context);
}

TlsContext::Loaded TlsContext::load(const TlsConfig& config) {
  ERR_clear_error();
  std::shared_ptr<TlsContext> made(new TlsContext(config));
  made->context_.reset(SSL_CTX_new(TLS_server_method()));
  SSL_CTX* context = made->context_.get();
  if (context == nullptr || !set_rules(context, config)) {
    return TlsProblem{"cert", "TLS cannot be set up: " + reason()};
  }
  for (const auto use : {use_certificate, use_key, use_client_ca}) {
    ERR_clear_error();
    if (auto problem = use(context, config)) return *std::move(problem);
  }
  const X509* certificate = SSL_CTX_get0_certificate(context);
  made->expires_ = end_of(certificate);
  warn_of_open_key(config.key, made->warnings_);
  warn_of_dates(certificate, made->warnings_);
  return std::shared_ptr<const TlsContext>(std::move(made));
}

std::optional<TlsProblem> TlsContext::check(const TlsConfig& config) {
  auto loaded = load(config);
  if (auto* problem = std::get_if<TlsProblem>(&loaded)) return std::move(*problem);
  return std::nullopt;
}

}  // namespace wayside
