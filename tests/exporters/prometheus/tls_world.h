#pragma once

#include "tests/exporters/prometheus/http_client.h"
#include "tests/exporters/prometheus/http_world.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tls_client.h"

namespace wayside::test {

// A CA, a server's certificate that it signed, and one for a client.
struct Papers {
  support::TempDir dir;
  support::Authority ca{dir.path(), "ca"};
  support::Identity server = ca.issue("server");
  support::Identity client = ca.issue("client");

  // The config of an endpoint on a free port that shows the server's certificate.
  [[nodiscard]] PrometheusConfig config() const {
    return {.listen = "127.0.0.1:0", .tls = TlsConfig{.cert = server.cert, .key = server.key}};
  }
  // The same for clients with a certificate of the CA.
  [[nodiscard]] PrometheusConfig mutual() const {
    PrometheusConfig wanted = config();
    wanted.tls->client_ca = ca.file();
    return wanted;
  }
  // A client that believes the CA.
  [[nodiscard]] support::TlsManner manner() const { return {.ca = ca.file()}; }
};

// A whole exchange; empty where there was none.
inline std::string tls_round_trip(int port, const support::TlsManner& manner,
                                  std::string_view request) {
  support::TlsClient client(port, manner);
  if (!client.connected() || !client.send(request)) return {};
  return client.read_all();
}

inline std::string tls_get(int port, const support::TlsManner& manner, std::string_view path) {
  return tls_round_trip(port, manner, "GET " + std::string(path) + " HTTP/1.1\r\nHost: x\r\n\r\n");
}

}  // namespace wayside::test
