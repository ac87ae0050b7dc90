#include "tests/support/http.h"

#include <arpa/inet.h>
#include <httplib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <random>

namespace wayside::support {
namespace {

bool can_bind(std::uint16_t port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool bound = ::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  ::close(fd);
  return bound;
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

}  // namespace

std::uint16_t free_port() {
  std::random_device random;
  std::uniform_int_distribution<int> ports(20'000, 32'000);
  for (int tries = 0; tries < 1000; ++tries) {
    const auto port = static_cast<std::uint16_t>(ports(random));
    if (can_bind(port)) return port;
  }
  return 0;
}

struct HttpClient::Impl {
  httplib::Client client;
  explicit Impl(std::uint16_t port) : client("127.0.0.1", port) {}
  Impl(std::uint16_t port, const HttpTls& tls)
      : client("https://127.0.0.1:" + std::to_string(port), tls.identity.cert, tls.identity.key) {
    client.set_ca_cert_path(tls.ca.c_str());
  }
};

HttpClient::HttpClient(std::uint16_t port, std::chrono::milliseconds timeout)
    : impl_(std::make_unique<Impl>(port)) {
  impl_->client.set_keep_alive(true);
  impl_->client.set_tcp_nodelay(true);
  impl_->client.set_connection_timeout(timeout);
  impl_->client.set_read_timeout(timeout);
}

HttpClient::HttpClient(std::uint16_t port, const HttpTls& tls)
    : impl_(std::make_unique<Impl>(port, tls)) {
  impl_->client.set_read_timeout(std::chrono::seconds{30});
}

HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;

HttpReply HttpClient::send(const std::string& method, const std::string& target,
                           const HttpHeaders& headers) {
  httplib::Request request;
  request.method = method;
  request.path = target;
  for (const auto& [name, value] : headers) request.headers.emplace(name, value);
  const auto result = impl_->client.send(request);
  HttpReply reply;
  if (!result) {
    reply.error = httplib::to_string(result.error());
    return reply;
  }
  reply.status = result->status;
  reply.body = result->body;
  for (const auto& [name, value] : result->headers) reply.headers[lower(name)] = value;
  return reply;
}

HttpReply http_get(std::uint16_t port, const std::string& target, const HttpHeaders& headers) {
  return HttpClient(port).send("GET", target, headers);
}

HttpReply http_post(std::uint16_t port, const std::string& target) {
  return HttpClient(port).send("POST", target);
}

HttpReply https_get(std::uint16_t port, const HttpTls& tls, const std::string& target,
                    const HttpHeaders& headers) {
  return HttpClient(port, tls).send("GET", target, headers);
}

std::string url_encode(const std::string& text) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || std::string_view("-._~").find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
    }
  }
  return out;
}

}  // namespace wayside::support
