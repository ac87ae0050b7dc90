// Any bytes as the value of an Authorization field: what is read of it is bounded, and has no
// character that would end a text elsewhere.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "exporters/prometheus/http/authorization.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

bool is_clean(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return false;
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace wayside;
  const Credentials read = parse_authorization({reinterpret_cast<const char*>(data), size});
  if (const auto* basic = std::get_if<BasicCredentials>(&read)) {
    require(basic->user.size() <= kMaxUserName && basic->password.size() <= kMaxPassword);
    require(basic->user.find(':') == std::string::npos);
    require(is_clean(basic->user) && is_clean(basic->password));
  }
  if (const auto* bearer = std::get_if<BearerToken>(&read)) require(is_bearer_token(bearer->token));
  return 0;
}
