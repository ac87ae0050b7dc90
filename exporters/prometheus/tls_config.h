#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "agent/core/config_map.h"

namespace wayside {

// The config's `exporters.prometheus.tls`. Files are in PEM form.
struct TlsConfig {
  enum class Version : std::uint8_t { v1_2, v1_3 };
  enum class ClientCert : std::uint8_t { required, optional };

  std::filesystem::path cert;  // the server's, then those up to its CA
  std::filesystem::path key;
  Version min_version = Version::v1_2;
  std::filesystem::path client_ca = {};           // empty: no client is asked for a certificate
  ClientCert client_cert = ClientCert::required;  // where there is a client_ca
  bool hsts = true;  // whether browsers are told to come back by TLS alone
  friend bool operator==(const TlsConfig&, const TlsConfig&) = default;

  [[nodiscard]] bool requires_client_cert() const {
    return !client_ca.empty() && client_cert == ClientCert::required;
  }
};

// Reads it and tries its files, with every problem reported; nothing where there is one.
// Whoever opened the map finishes it.
std::optional<TlsConfig> read_tls_config(ConfigMap& map);

}  // namespace wayside
