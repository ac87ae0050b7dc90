#include "agent/requests/client_text.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "agent/requests/hash.h"
#include "agent/requests/redaction.h"
#include "agent/requests/shown_text.h"

namespace wayside {
namespace {

constexpr std::size_t kMaxWho = 128;

bool parse(int family, std::string_view text, void* address) {
  std::array<char, INET6_ADDRSTRLEN + 1> whole{};
  if (text.empty() || text.size() >= whole.size()) return false;
  std::copy(text.begin(), text.end(), whole.begin());
  return std::memchr(text.data(), 0, text.size()) == nullptr &&
         ::inet_pton(family, whole.data(), address) == 1;
}

std::string_view written(NetworkText& scratch, const char* end) {
  return {scratch.data(), static_cast<std::size_t>(end - scratch.data())};
}

std::string_view network_v4(const std::uint8_t* bytes, NetworkText& scratch) {
  return written(scratch,
                 fmt::format_to(scratch.data(), "{}.{}.{}.0/24", bytes[0], bytes[1], bytes[2]));
}

std::string_view network_v6(const in6_addr& address, NetworkText& scratch) {
  if (IN6_IS_ADDR_V4MAPPED(&address)) return network_v4(address.s6_addr + 12, scratch);
  in6_addr network{};
  std::copy_n(address.s6_addr, 6, network.s6_addr);
  ::inet_ntop(AF_INET6, &network, scratch.data(), INET6_ADDRSTRLEN);
  char* const end = scratch.data() + std::strlen(scratch.data());
  return written(scratch, fmt::format_to(end, "/48"));
}

// "[::1]:80", "::1%eth0" and "10.0.0.1:80" without what stands around the address.
std::string_view bare_address(std::string_view text) {
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    return end == std::string_view::npos ? text : text.substr(1, end - 1);
  }
  const std::size_t colon = text.find(':');
  if (colon != std::string_view::npos && text.find(':', colon + 1) == std::string_view::npos) {
    return text.substr(0, colon);
  }
  return text.substr(0, text.find('%'));
}

}  // namespace

std::string_view network_of(std::string_view client, NetworkText& scratch) {
  const std::string_view bare = bare_address(client);
  in_addr v4{};
  if (parse(AF_INET, bare, &v4)) {
    std::array<std::uint8_t, 4> bytes;
    std::memcpy(bytes.data(), &v4, bytes.size());
    return network_v4(bytes.data(), scratch);
  }
  in6_addr v6{};
  if (parse(AF_INET6, bare, &v6)) return network_v6(v6, scratch);
  return client;
}

std::string shown_who(std::string_view who, std::uint64_t seed) {
  if (looks_secret(who)) {
    return fmt::format("[redacted {:08x}]", hash_text(who, seed) >> 32);
  }
  return shown_text(who, kMaxWho);
}

}  // namespace wayside
