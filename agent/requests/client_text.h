#pragma once

#include <array>
#include <string>
#include <string_view>

namespace wayside {

// The network an address belongs to, where it is one: "192.0.2.7" gives "192.0.2.0/24" and
// "2001:db8:1:2::3" gives "2001:db8:1::/48"; an IPv4 address within IPv6 is the former. A port or
// a zone behind an address goes. Any other text stays as it is. Lies in `scratch` or is the text.
using NetworkText = std::array<char, 64>;
std::string_view network_of(std::string_view client, NetworkText& scratch);

// Who a request was for, as events and pages may carry it: valid UTF-8, bounded, and a key or
// token that looks like a secret as a number that only tells it from others ("[redacted
// 3f9a12c4]"), other after each start.
std::string shown_who(std::string_view who, std::uint64_t seed);

}  // namespace wayside
