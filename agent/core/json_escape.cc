#include "agent/core/json_escape.h"

#include <cstdint>
#include <optional>

#include "agent/core/utf8.h"

namespace wayside::detail {
namespace {

constexpr std::uint32_t kReplacement = 0xFFFD;

std::optional<std::uint32_t> hex_digit(char c) {
  if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0');
  const char lower = static_cast<char>(c | 0x20);
  if (lower >= 'a' && lower <= 'f') return static_cast<std::uint32_t>(lower - 'a' + 10);
  return std::nullopt;
}

// The UTF-16 unit of "\uXXXX".
std::optional<std::uint32_t> unit_at(const char* p) {
  if (p[0] != '\\' || p[1] != 'u') return std::nullopt;
  std::uint32_t value = 0;
  for (int i = 2; i < 6; ++i) {
    const auto digit = hex_digit(p[i]);
    if (!digit) return std::nullopt;
    value = value * 16 + *digit;
  }
  return value;
}

bool is_high(std::uint32_t unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}

bool is_low(std::uint32_t unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

}  // namespace

bool is_json_unicode(const char* p) {
  return unit_at(p).has_value();
}

char* undo_json_unicode(const char*& p, char* out) {
  const auto first = unit_at(p);
  if (!first) return nullptr;
  p += 6;
  if (is_low(*first)) return write_utf8(kReplacement, out);
  if (!is_high(*first)) return write_utf8(*first, out);
  const auto second = unit_at(p);
  if (!second || !is_low(*second)) return write_utf8(kReplacement, out);
  p += 6;
  return write_utf8(0x10000 + ((*first - 0xD800) << 10U) + (*second - 0xDC00), out);
}

}  // namespace wayside::detail
