#pragma once

#include <span>
#include <string_view>

namespace wayside {

struct HeaderField {
  std::string_view name;
  std::string_view value;
};

// What every answer says to browsers, and to whoever scans for it: its type is what it says, no
// page frames or embeds it, nothing keeps it, no other site is told of it.
std::span<const HeaderField> security_headers();

// What content of this type may load and do (Content-Security-Policy): a page of HTML what comes
// from here, anything else nothing.
std::string_view content_policy(std::string_view type);

// Under TLS: to come back by TLS alone for a year (Strict-Transport-Security, RFC 6797).
inline constexpr HeaderField kTransportSecurity{"Strict-Transport-Security", "max-age=31536000"};

}  // namespace wayside
