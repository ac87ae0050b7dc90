#include "exporters/prometheus/warnings.h"

#include <variant>

#include "exporters/prometheus/http/socket.h"
#include "exporters/prometheus/http/tls_context.h"

namespace wayside {
namespace {

// Of the address as it is written: a name other than localhost may stand for any.
bool is_loopback_host(std::string_view host) {
  return host == "localhost" || is_loopback(host);
}

}  // namespace

std::string exposure_warning(const Exposure& exposure) {
  if (exposure.is_open()) {
    return "can be reached from other hosts and asks nobody who they are: set "
           "exporters.prometheus.auth, or listen on 127.0.0.1 (docs/network.md)";
  }
  if (!exposure.loopback && exposure.has_secrets && !exposure.encrypted) {
    return "can be reached from other hosts, and passwords and tokens come to it in the clear: "
           "set exporters.prometheus.tls (docs/network.md)";
  }
  return {};
}

std::vector<std::string> prometheus_warnings(const PrometheusConfig& config) {
  std::vector<std::string> warnings;
  const auto address = parse_listen(config.listen);
  const Exposure exposure{.loopback = address && is_loopback_host(address->host),
                          .asks = config.auth || (config.tls && config.tls->requires_client_cert()),
                          .encrypted = config.tls.has_value(),
                          .has_secrets = config.auth.has_value()};
  if (std::string warning = exposure_warning(exposure); !warning.empty()) {
    warnings.push_back(config.listen + " " + warning);
  }
  if (!config.tls) return warnings;
  const auto loaded = TlsContext::load(*config.tls);
  if (const auto* tls = std::get_if<std::shared_ptr<const TlsContext>>(&loaded)) {
    for (const std::string& warning : (*tls)->warnings()) warnings.push_back("tls: " + warning);
  }
  return warnings;
}

}  // namespace wayside
