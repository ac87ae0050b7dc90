#include "exporters/prometheus/format/number_text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <string_view>

namespace wayside {
namespace {

// "00" to "99".
constexpr auto kPairs = [] {
  std::array<char, 200> pairs{};
  for (std::size_t i = 0; i < 100; ++i) {
    pairs[2 * i] = static_cast<char>('0' + i / 10);
    pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return pairs;
}();

// 10 to the power of the index, but 0 first.
constexpr auto kPowers = [] {
  std::array<std::uint64_t, 20> powers{};
  std::uint64_t power = 1;
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = power *= 10;
  return powers;
}();

std::size_t digits_of(std::uint64_t value) {
  // 1233 / 4096 is a little more than log10(2).
  const auto guess = static_cast<std::size_t>(std::bit_width(value | 1) * 1233) >> 12;
  return guess + (value >= kPowers[guess] ? 1 : 0);
}

char* write(char* out, std::string_view text) {
  return std::copy(text.begin(), text.end(), out);
}

char* write_special(char* out, double value) {
  if (std::isnan(value)) return write(out, "NaN");
  return write(out, value > 0 ? "+Inf" : "-Inf");
}

}  // namespace

char* write_integer(char* out, std::uint64_t value) {
  char* const end = out + digits_of(value);
  char* at = end;
  while (value >= 100) {
    at -= 2;
    std::memcpy(at, &kPairs[value % 100 * 2], 2);
    value /= 100;
  }
  if (value >= 10) {
    std::memcpy(at - 2, &kPairs[value * 2], 2);
  } else {
    at[-1] = static_cast<char>('0' + value);
  }
  return end;
}

char* write_number(char* out, double value) {
  if (!std::isfinite(value)) return write_special(out, value);
  // Doubles hold every integer up to here; most samples are one. Minus zero is none of them.
  constexpr double kExact = 0x1p53;
  if (value >= 0 && value <= kExact && !std::signbit(value)) {
    const auto whole = static_cast<std::uint64_t>(value);
    if (static_cast<double>(whole) == value) return write_integer(out, whole);
  }
  return std::to_chars(out, out + kMaxNumberText, value).ptr;
}

char* write_bound(char* out, double value) {
  if (!std::isfinite(value)) return write_special(out, value);
  constexpr double kExponentUnder = 1e-4;  // Go's 'g' takes an exponent under this …
  constexpr double kExponentFrom = 1e6;    // … and from this on, when the digits are the shortest
  const double size = std::fabs(value);
  if (size != 0 && (size < kExponentUnder || size >= kExponentFrom)) {
    return std::to_chars(out, out + kMaxNumberText, value, std::chars_format::scientific).ptr;
  }
  char* const end = std::to_chars(out, out + kMaxNumberText, value, std::chars_format::fixed).ptr;
  return std::find(out, end, '.') == end ? write(end, ".0") : end;
}

}  // namespace wayside
