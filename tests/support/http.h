#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "tests/support/certificates.h"

namespace wayside::support {

// A port of loopback that nobody listens on, from below the range the kernel takes for outgoing
// connections, so that none of those can snatch it before it is used.
std::uint16_t free_port();

struct HttpReply {
  int status = 0;  // 0: no answer, and `error` says why
  std::string body;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string error;
};

using HttpHeaders = std::multimap<std::string, std::string>;

// How a client speaks HTTPS.
struct HttpTls {
  std::filesystem::path ca;  // whose certificates it believes
  Identity identity = {};    // its own; empty: none
};

// A client of one server on loopback that keeps its connection. One thread at a time.
class HttpClient {
 public:
  explicit HttpClient(std::uint16_t port,
                      std::chrono::milliseconds timeout = std::chrono::seconds{30});
  explicit HttpClient(std::uint16_t port, const HttpTls& tls);
  ~HttpClient();
  HttpClient(HttpClient&&) noexcept;

  HttpReply send(const std::string& method, const std::string& target,
                 const HttpHeaders& headers = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// One request over a connection of its own.
HttpReply http_get(std::uint16_t port, const std::string& target, const HttpHeaders& headers = {});
HttpReply http_post(std::uint16_t port, const std::string& target);

HttpReply https_get(std::uint16_t port, const HttpTls& tls, const std::string& target,
                    const HttpHeaders& headers = {});

// Percent-encodes everything but unreserved characters (RFC 3986, 2.3).
std::string url_encode(const std::string& text);

}  // namespace wayside::support
