#include "exporters/prometheus/http/client_network.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <cstring>
#include <string>

namespace wayside {

std::uint64_t client_network(std::string_view address) {
  // Where no unicast IPv6 network is: ff00::/8 is multicast.
  constexpr std::uint64_t kIpv4 = 0xffffffff00000000U;
  const std::string text(address);
  in_addr v4{};
  if (inet_pton(AF_INET, text.c_str(), &v4) == 1) return kIpv4 | ntohl(v4.s_addr);
  in6_addr v6{};
  if (inet_pton(AF_INET6, text.c_str(), &v6) != 1) return 0;
  std::uint64_t network = 0;
  for (std::size_t i = 0; i < sizeof network; ++i) network = network << 8U | v6.s6_addr[i];
  return network;
}

}  // namespace wayside
