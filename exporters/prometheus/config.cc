#include "exporters/prometheus/config.h"

#include <charconv>

namespace wayside {
namespace {

constexpr std::size_t kMaxHost = 253;  // RFC 1035

Error wrong(std::string_view text, std::string_view why) {
  return Error{"\"" + std::string(text.substr(0, kMaxHost)) + "\" is no address to listen on: " +
               std::string(why) + "; write \"127.0.0.1:19100\", \"[::1]:19100\" or \":19100\""};
}

bool is_host_char(char c, bool bracketed) {
  const bool alnum = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return alnum || c == '.' || (bracketed ? c == ':' || c == '%' : c == '-' || c == '_');
}

bool is_host(std::string_view host, bool bracketed) {
  if (host.size() > kMaxHost || (bracketed && host.find(':') == std::string_view::npos)) {
    return false;
  }
  for (const char c : host) {
    if (!is_host_char(c, bracketed)) return false;
  }
  return true;
}

}  // namespace

std::string ListenAddress::text() const {
  const bool v6 = host.find(':') != std::string::npos;
  return (v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

Result<ListenAddress> parse_listen(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return wrong(text, "it has no port");
  std::string_view host = text.substr(0, colon);
  const std::string_view digits = text.substr(colon + 1);

  const bool bracketed = host.size() >= 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  if (!bracketed && host.find(':') != std::string_view::npos) {
    return wrong(text, "an IPv6 address stands in brackets");
  }
  if (!is_host(host, bracketed)) return wrong(text, "the host is not one");

  ListenAddress address{std::string(host), 0};
  const char* end = digits.data() + digits.size();
  const auto [stop, code] = std::from_chars(digits.data(), end, address.port);
  if (digits.empty() || code != std::errc{} || stop != end) {
    return wrong(text, "the port is a number from 0 to 65535");
  }
  return address;
}

PrometheusConfig read_prometheus_config(ConfigMap& map) {
  PrometheusConfig config;
  if (const auto listen = map.text("listen")) {
    if (const auto address = parse_listen(*listen)) {
      config.listen = *listen;
    } else {
      map.problem("listen", address.error().message);
    }
  }
  if (auto section = map.map("tls")) {
    config.tls = read_tls_config(*section);
    section->finish();
  }
  if (auto section = map.map("auth")) {
    config.auth = read_auth_config(*section);
    section->finish();
  }
  return config;
}

}  // namespace wayside
