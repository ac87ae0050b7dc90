#pragma once

#include <cstdint>
#include <string_view>

namespace wayside {

// Who a numeric address belongs to, as far as can be told: an IPv4 address, the /64 of an IPv6
// one, which one customer has whole. What is no address is all of one.
std::uint64_t client_network(std::string_view address);

}  // namespace wayside
