#include "exporters/prometheus/tls_config.h"

#include "exporters/prometheus/http/tls_context.h"

namespace wayside {
namespace {

bool read_files(ConfigMap& map, TlsConfig& config) {
  map.require("cert");
  map.require("key");
  const auto cert = map.path("cert");
  const auto key = map.path("key");
  const auto client_ca = map.path("client_ca");
  config.cert = cert.value_or("");
  config.key = key.value_or("");
  config.client_ca = client_ca.value_or("");
  return cert && key && (client_ca || !map.has("client_ca"));
}

}  // namespace

std::optional<TlsConfig> read_tls_config(ConfigMap& map) {
  TlsConfig config;
  bool good = read_files(map, config);
  if (const auto version = map.choice("min_version", {"1.2", "1.3"})) {
    config.min_version = static_cast<TlsConfig::Version>(*version);
  } else {
    good = good && !map.has("min_version");
  }
  if (const auto client_cert = map.choice("client_cert", {"required", "optional"})) {
    config.client_cert = static_cast<TlsConfig::ClientCert>(*client_cert);
    if (!map.has("client_ca")) {
      map.problem("client_cert", "needs client_ca, the certificates that clients' are signed by");
      good = false;
    }
  }
  if (const auto hsts = map.boolean("hsts")) config.hsts = *hsts;
  if (!good) return std::nullopt;
  if (const auto problem = TlsContext::check(config)) {
    map.problem(problem->key, problem->message);
    return std::nullopt;
  }
  return config;
}

}  // namespace wayside
