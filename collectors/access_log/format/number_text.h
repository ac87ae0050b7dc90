#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

#include "agent/core/time.h"

namespace wayside {

// Numbers as nginx writes them. The fast ones read eight bytes at once from a block that has
// them; the careful ones read a text and nothing beyond.

constexpr bool is_digit(char c) {
  return static_cast<unsigned char>(c - '0') < 10;
}

template <typename T>
T load(const char* p) {
  T value;
  std::memcpy(&value, p, sizeof(T));
  return value;
}

inline constexpr std::size_t kMaxDurationDigits = 8;  // of whole seconds: about three years
inline constexpr std::size_t kMaxMsecDigits = 11;     // of whole seconds: until the year 5138

// "12.345", "12" or ".5" in microseconds; digits past the sixth decimal are dropped. Nothing
// else is read: no sign, no exponent, no NaN, and at most `max_digits` before the point.
inline std::optional<Micros> parse_decimal_micros(std::string_view text, std::size_t max_digits) {
  std::size_t i = 0;
  std::int64_t value = 0;
  for (; i < text.size() && is_digit(text[i]); ++i) {
    if (i == max_digits) return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  const std::size_t whole = i;
  std::size_t decimals = 0;
  if (i < text.size() && text[i] == '.') {
    for (++i; i < text.size() && is_digit(text[i]); ++i, ++decimals) {
      if (decimals < 6) value = value * 10 + (text[i] - '0');
    }
  }
  if (i != text.size() || whole + decimals == 0) return std::nullopt;
  for (; decimals < 6; ++decimals) value *= 10;
  return Micros{value};
}

// Digits only, as many as fit into 64 bits.
inline std::optional<std::uint64_t> parse_unsigned(std::string_view text) {
  if (text.empty() || text.size() > 19) return std::nullopt;  // 20 digits might overflow
  std::uint64_t value = 0;
  for (const char c : text) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

// "0.123" at `p`, of which eight bytes are readable: exactly one digit, a point and three
// digits. Returns the milliseconds, or -1 where it is anything else.
inline std::int32_t fast_millis(const char* p) {
  const auto bytes = load<std::uint64_t>(p);
  constexpr std::uint64_t kMask = 0xF0F0F0FFF0;
  constexpr std::uint64_t kShape = 0x3030302E30;  // "0.000", low byte first
  constexpr std::uint64_t kCarry = 0x0606060006;  // lifts ':' to '?' out of the digits' row
  if (std::endian::native != std::endian::little) return -1;
  if ((bytes & kMask) != kShape || ((bytes + kCarry) & kMask) != kShape) return -1;
  return (p[0] - '0') * 1000 + (p[2] - '0') * 100 + (p[3] - '0') * 10 + (p[4] - '0');
}

// Three digits at `p`, of which four bytes are readable; -1 where they are not.
inline std::int32_t fast_status(const char* p) {
  const unsigned a = static_cast<unsigned char>(p[0]) - '0';
  const unsigned b = static_cast<unsigned char>(p[1]) - '0';
  const unsigned c = static_cast<unsigned char>(p[2]) - '0';
  if (a > 9 || b > 9 || c > 9) return -1;
  return static_cast<std::int32_t>(a * 100 + b * 10 + c);
}

struct FastUnsigned {
  std::uint64_t value = 0;
  std::uint32_t digits = 0;  // 8: there may be more
};

// Up to eight digits at `p`, of which eight bytes are readable, without a branch.
inline FastUnsigned fast_unsigned(const char* p) {
  if (std::endian::native != std::endian::little) return {.value = 0, .digits = 8};
  const auto bytes = load<std::uint64_t>(p);
  const std::uint64_t low = bytes ^ 0x3030303030303030;  // a digit becomes 0 to 9
  const std::uint64_t other =
      (((low & 0x7F7F7F7F7F7F7F7F) + 0x7676767676767676) | low) & 0x8080808080808080;
  const auto digits = static_cast<std::uint32_t>(std::countr_zero(other)) / 8;
  if (digits == 0 || digits == 8) return {.value = 0, .digits = digits};
  std::uint64_t v = low << (64 - 8 * digits);  // leading zeros in front
  v = (v * 10 + (v >> 8)) & 0x00FF00FF00FF00FF;
  v = (v * 100 + (v >> 16)) & 0x0000FFFF0000FFFF;
  v = (v * 10'000 + (v >> 32)) & 0x00000000FFFFFFFF;
  return {.value = v, .digits = digits};
}

}  // namespace wayside
