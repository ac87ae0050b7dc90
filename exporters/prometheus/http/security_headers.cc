#include "exporters/prometheus/http/security_headers.h"

#include <array>

namespace wayside {
namespace {

constexpr std::array<HeaderField, 5> kFields = {{
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cache-Control", "no-store"},
}};

}  // namespace

std::span<const HeaderField> security_headers() {
  return kFields;
}

std::string_view content_policy(std::string_view type) {
  if (type.starts_with("text/html")) {
    return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
           "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  }
  return "default-src 'none'; frame-ancestors 'none'";
}

}  // namespace wayside
