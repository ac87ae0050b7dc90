#include "agent/core/quantity.h"

#include <array>
#include <cstddef>
#include <optional>
#include <span>

namespace wayside {
namespace {

constexpr std::string_view kDurationForms =
    "; write a duration as 250us, 250ms, 10s, 5m, 1h, 1d or 1m30s";
constexpr std::string_view kSizeForms =
    "; write a size as 512, 64KiB, 64MiB, 2GiB or 64kB, 64MB, 2GB";

struct Unit {
  std::string_view name;
  std::uint64_t factor;
};

// Largest first, so that the units of a sum must descend.
constexpr std::array<Unit, 6> kTimes = {{{"d", 86'400'000'000},
                                         {"h", 3'600'000'000},
                                         {"m", 60'000'000},
                                         {"s", 1'000'000},
                                         {"ms", 1'000},
                                         {"us", 1}}};
constexpr std::array<Unit, 10> kSizes = {{{"TiB", 1ULL << 40},
                                          {"TB", 1'000'000'000'000},
                                          {"GiB", 1ULL << 30},
                                          {"GB", 1'000'000'000},
                                          {"MiB", 1ULL << 20},
                                          {"MB", 1'000'000},
                                          {"KiB", 1ULL << 10},
                                          {"kB", 1'000},
                                          {"B", 1},
                                          {"", 1}}};
constexpr std::uint64_t kHundredYears = 36'525 * kTimes[0].factor;

// "12.5ms" in its parts, as far as the text goes.
struct Term {
  std::string_view whole, fraction, unit;
  bool point = false;
};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string_view take_digits(std::string_view& text) {
  std::size_t size = 0;
  while (size < text.size() && is_digit(text[size])) ++size;
  const std::string_view digits = text.substr(0, size);
  text.remove_prefix(size);
  return digits;
}

Term take_term(std::string_view& text) {
  Term term;
  term.whole = take_digits(text);
  if (text.starts_with('.')) {
    term.point = true;
    text.remove_prefix(1);
    term.fraction = take_digits(text);
  }
  std::size_t size = 0;
  while (size < text.size() && !is_digit(text[size]) && text[size] != '.') ++size;
  term.unit = text.substr(0, size);
  text.remove_prefix(size);
  return term;
}

std::optional<std::uint64_t> add(std::uint64_t a, std::uint64_t b) {
  std::uint64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) return std::nullopt;
  return sum;
}

// digits * factor, where it fits.
std::optional<std::uint64_t> times(std::string_view digits, std::uint64_t factor) {
  std::uint64_t number = 0;
  for (const char c : digits) {
    if (__builtin_mul_overflow(number, std::uint64_t{10}, &number)) return std::nullopt;
    if (__builtin_add_overflow(number, static_cast<std::uint64_t>(c - '0'), &number)) {
      return std::nullopt;
    }
  }
  if (__builtin_mul_overflow(number, factor, &number)) return std::nullopt;
  return number;
}

// 0.digits * factor, where it is whole. From the last digit on, each step divides by ten: a
// remainder can never be made good by the digits in front of it.
std::optional<std::uint64_t> part(std::string_view digits, std::uint64_t factor) {
  std::uint64_t number = 0;
  for (std::size_t i = digits.size(); i-- > 0;) {
    number += static_cast<std::uint64_t>(digits[i] - '0') * factor;
    if (number % 10 != 0) return std::nullopt;
    number /= 10;
  }
  return number;
}

Error bad(std::string_view why, std::string_view forms) {
  return Error{std::string(why) + std::string(forms)};
}

bool well_formed(const Term& term) {
  return !term.whole.empty() && term.point == !term.fraction.empty();
}

// Index among `units`, or their number.
std::size_t index_of(std::string_view name, std::span<const Unit> units) {
  std::size_t i = 0;
  while (i < units.size() && units[i].name != name) ++i;
  return i;
}

}  // namespace

Result<Micros> parse_duration(std::string_view text) {
  if (text.empty()) return bad("empty", kDurationForms);
  if (text.front() == '-') return bad("a duration is never negative", kDurationForms);
  std::uint64_t total = 0;
  for (std::size_t next = 0; !text.empty();) {
    const Term term = take_term(text);
    if (!well_formed(term)) return bad("not a duration", kDurationForms);
    if (term.unit.empty()) return bad("no unit", kDurationForms);
    const std::size_t unit = index_of(term.unit, kTimes);
    if (unit == kTimes.size()) return bad("unknown unit", kDurationForms);
    if (unit < next) return bad("units must descend, each once", kDurationForms);
    next = unit + 1;
    const auto fraction = part(term.fraction, kTimes[unit].factor);
    if (!fraction) return bad("finer than a microsecond", kDurationForms);
    const auto whole = times(term.whole, kTimes[unit].factor);
    // Both are far below the type's limit once they pass here.
    if (!whole || *whole > kHundredYears || total + *whole + *fraction > kHundredYears) {
      return bad("over 100 years", kDurationForms);
    }
    total += *whole + *fraction;
  }
  return Micros{static_cast<std::int64_t>(total)};
}

Result<std::uint64_t> parse_size(std::string_view text) {
  if (text.empty()) return bad("empty", kSizeForms);
  if (text.front() == '-') return bad("a size is never negative", kSizeForms);
  const Term term = take_term(text);
  if (!well_formed(term) || !text.empty()) return bad("not a size", kSizeForms);
  const std::size_t unit = index_of(term.unit, kSizes);
  if (unit == kSizes.size()) return bad("unknown unit", kSizeForms);
  const auto fraction = part(term.fraction, kSizes[unit].factor);
  if (!fraction) return bad("not a whole number of bytes", kSizeForms);
  const auto whole = times(term.whole, kSizes[unit].factor);
  const auto sum = whole ? add(*whole, *fraction) : std::nullopt;
  if (!sum) return bad("too large", kSizeForms);
  return *sum;
}

std::string show_duration(Micros duration) {
  if (duration == kNoDuration) return "unknown";
  if (duration < Micros::zero()) return show_duration(-duration).insert(0, 1, '-');
  const auto micros = static_cast<std::uint64_t>(duration.count());
  std::size_t unit = 0;
  while (unit + 1 < kTimes.size() && micros < kTimes[unit].factor) ++unit;
  for (;; --unit) {
    const std::uint64_t factor = kTimes[unit].factor;
    const std::uint64_t tenths = ((micros % factor) * 10 + factor / 2) / factor;
    const std::uint64_t whole = micros / factor + tenths / 10;
    // Rounding can reach the next unit: 999.96 ms is 1 s.
    if (unit > 0 && whole * factor >= kTimes[unit - 1].factor) continue;
    std::string out = std::to_string(whole);
    if (tenths % 10 != 0) out.append(1, '.').append(std::to_string(tenths % 10));
    return out.append(1, ' ').append(kTimes[unit].name);
  }
}

}  // namespace wayside
