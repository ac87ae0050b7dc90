#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "agent/core/config_map.h"
#include "agent/core/result.h"
#include "exporters/prometheus/auth_config.h"
#include "exporters/prometheus/tls_config.h"

namespace wayside {

// Where the endpoint listens: an address of this host, or a name that stands for one.
struct ListenAddress {
  std::string host;        // without brackets; empty: every address
  std::uint16_t port = 0;  // 0: the system picks a free one

  [[nodiscard]] std::string text() const;  // "127.0.0.1:19100", "[::1]:19100", ":19100"
  friend bool operator==(const ListenAddress&, const ListenAddress&) = default;
};

// "127.0.0.1:19100", "localhost:19100", "[::1]:19100", ":19100". Also what `--listen` takes.
Result<ListenAddress> parse_listen(std::string_view text);

// The config's `exporters.prometheus`.
struct PrometheusConfig {
  std::string listen = "127.0.0.1:19100";
  std::optional<TlsConfig> tls = std::nullopt;    // absent: plain HTTP
  std::optional<AuthConfig> auth = std::nullopt;  // absent: everyone is let in
  friend bool operator==(const PrometheusConfig&, const PrometheusConfig&) = default;
};

// Reads it, with every problem reported. An address that is wrong leaves the default.
PrometheusConfig read_prometheus_config(ConfigMap& map);

}  // namespace wayside
