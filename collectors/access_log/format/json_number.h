#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "collectors/access_log/format/number_text.h"

namespace wayside {

// A number as it is written: digits * 10^exponent.
struct Decimal {
  std::uint64_t digits = 0;
  int exponent = 0;
  bool negative = false;
};

// Takes a number as JSON has it, leading zeros allowed, off the front of `text`. Digits past the
// eighteenth count as zeros, and exponents end at 400 either way.
std::optional<Decimal> take_decimal(std::string_view& text);

// The number times 10^`power`, what is behind the point dropped; nothing where it is negative or
// 10^18 or more. A negative zero is zero.
std::optional<std::int64_t> scaled(const Decimal& number, int power);

// A text that is such a number and nothing else.
inline std::optional<Decimal> parse_decimal(std::string_view text) {
  const auto number = take_decimal(text);
  return text.empty() ? number : std::nullopt;
}

}  // namespace wayside
