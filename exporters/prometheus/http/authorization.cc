#include "exporters/prometheus/http/authorization.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "exporters/prometheus/http/header_text.h"

namespace wayside {
namespace {

constexpr std::size_t kMaxBase64 = (kMaxUserName + 1 + kMaxPassword + 2) / 3 * 4;
constexpr std::size_t kMaxToken = 4096;

bool is_alnum(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// RFC 4648, section 4; 64 for what is none.
std::uint32_t digit_of(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<std::uint32_t>(c - 'A');
  if (c >= 'a' && c <= 'z') return static_cast<std::uint32_t>(c - 'a' + 26);
  if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0' + 52);
  if (c == '+') return 62;
  return c == '/' ? 63 : 64;
}

// Four digits of base64, the last one or two of which may be padding.
bool decode_four(std::string_view four, bool last, std::string& out) {
  const std::size_t padding = !last || four[3] != '=' ? 0 : four[2] == '=' ? 2 : 1;
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const std::uint32_t digit = i + padding >= 4 ? 0 : digit_of(four[i]);
    if (digit > 63) return false;
    bits = bits << 6U | digit;
  }
  // Bits that padding leaves over are zero, or one text would have several forms.
  if ((padding == 1 && (bits & 0xffU) != 0) || (padding == 2 && (bits & 0xffffU) != 0)) {
    return false;
  }
  for (std::size_t i = 0; i < 3 - padding; ++i) {
    out += static_cast<char>(bits >> (16 - 8 * i) & 0xffU);
  }
  return true;
}

std::optional<std::string> decode_base64(std::string_view text) {
  if (text.empty() || text.size() % 4 != 0 || text.size() > kMaxBase64) return std::nullopt;
  std::string out;
  for (; !text.empty(); text.remove_prefix(4)) {
    if (!decode_four(text.substr(0, 4), text.size() == 4, out)) return std::nullopt;
  }
  return out;
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

Credentials parse_basic(std::string_view base64) {
  const auto text = decode_base64(base64);
  if (!text || has_control(*text)) return WrongCredentials{};
  const std::size_t colon = text->find(':');
  if (colon == std::string::npos || colon > kMaxUserName ||
      text->size() - colon - 1 > kMaxPassword) {
    return WrongCredentials{};
  }
  return BasicCredentials{text->substr(0, colon), text->substr(colon + 1)};
}

}  // namespace

bool is_bearer_token(std::string_view text) {
  constexpr std::string_view kMarks = "-._~+/";
  const std::size_t end = text.find_last_not_of('=') + 1;  // 0: nothing but padding
  return end > 0 && text.size() <= kMaxToken &&
         std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), [&](char c) {
           return is_alnum(c) || kMarks.find(c) != std::string_view::npos;
         });
}

Credentials parse_authorization(std::string_view value) {
  value = trim(value);
  if (value.empty()) return NoCredentials{};
  const std::size_t blank = value.find(' ');
  if (blank == std::string_view::npos) return WrongCredentials{};
  const std::string_view scheme = value.substr(0, blank);
  value.remove_prefix(std::min(value.find_first_not_of(' ', blank), value.size()));
  if (same_ignoring_case(scheme, "basic")) return parse_basic(value);
  if (same_ignoring_case(scheme, "bearer") && is_bearer_token(value)) {
    return BearerToken{std::string(value)};
  }
  return WrongCredentials{};
}

}  // namespace wayside
