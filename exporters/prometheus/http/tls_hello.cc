#include "exporters/prometheus/http/tls_hello.h"

#include <algorithm>
#include <array>

namespace wayside {
namespace {

// Those of browsers with post-quantum keys and all extensions have some 2 KiB.
constexpr std::size_t kMostHello = 16 * 1024;
constexpr std::size_t kHandshakeHeader = 4;

std::size_t byte(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

}  // namespace

Hello look_at_hello(std::string_view bytes) {
  constexpr std::array<std::pair<std::size_t, char>, 3> kFixed = {
      {{0, '\x16'}, {1, '\x03'}, {5, '\x01'}}};
  const std::size_t size = std::min(bytes.size(), kHelloBytes);
  for (const auto& [at, wanted] : kFixed) {
    if (at < size && bytes[at] != wanted) return Hello::not_tls;
  }
  if (size < kHelloBytes) return Hello::more;
  const std::size_t record = byte(bytes, 3) << 8U | byte(bytes, 4);
  const std::size_t hello = byte(bytes, 6) << 16U | byte(bytes, 7) << 8U | byte(bytes, 8);
  return record < kHandshakeHeader || hello > kMostHello ? Hello::oversize : Hello::client;
}

}  // namespace wayside
