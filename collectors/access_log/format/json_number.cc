#include "collectors/access_log/format/json_number.h"

#include <algorithm>

namespace wayside {
namespace {

constexpr std::uint64_t kMost = 1'000'000'000'000'000'000U;  // 10^18
constexpr int kMostExponent = 400;

// Takes digits, of which `number` keeps as many as it has room for; returns how many there were.
int take_digits(std::string_view& text, Decimal& number, bool fraction) {
  int count = 0;
  for (; !text.empty() && is_digit(text.front()); text.remove_prefix(1)) {
    if (count < 1'000'000) ++count;
    const auto digit = static_cast<std::uint64_t>(text.front() - '0');
    if (number.digits < kMost / 10) {
      number.digits = number.digits * 10 + digit;
      if (fraction) --number.exponent;
    } else if (!fraction && number.exponent < kMostExponent) {
      ++number.exponent;
    }
  }
  return count;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

// "e-05", where it stands there whole.
void take_exponent(std::string_view& text, Decimal& number) {
  std::string_view rest = text;
  if (!take(rest, 'e') && !take(rest, 'E')) return;
  const bool negative = take(rest, '-');
  if (!negative) take(rest, '+');
  if (rest.empty() || !is_digit(rest.front())) return;
  int exponent = 0;
  for (; !rest.empty() && is_digit(rest.front()); rest.remove_prefix(1)) {
    exponent = std::min(exponent * 10 + (rest.front() - '0'), kMostExponent);
  }
  number.exponent += negative ? -exponent : exponent;
  text = rest;
}

}  // namespace

std::optional<Decimal> take_decimal(std::string_view& text) {
  Decimal number;
  number.negative = take(text, '-');
  const int whole = take_digits(text, number, false);
  const int fraction = take(text, '.') ? take_digits(text, number, true) : 0;
  if (whole + fraction == 0) return std::nullopt;
  take_exponent(text, number);
  return number;
}

std::optional<std::int64_t> scaled(const Decimal& number, int power) {
  std::uint64_t value = number.digits;
  if (value == 0) return 0;
  if (number.negative) return std::nullopt;
  for (power += number.exponent; power < 0 && value != 0; ++power) value /= 10;
  for (; power > 0 && value != 0; --power) {
    if (value >= kMost / 10) return std::nullopt;
    value *= 10;
  }
  if (value >= kMost) return std::nullopt;
  return static_cast<std::int64_t>(value);
}

}  // namespace wayside
