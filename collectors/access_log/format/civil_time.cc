#include "collectors/access_log/format/civil_time.h"

#include <array>

#include "collectors/access_log/format/number_text.h"

namespace wayside {
namespace {

constexpr bool is_leap(int year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

constexpr int days_in(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

// Days before the first of January of `year`, counted from 1970.
constexpr std::int64_t days_before_year(int year) {
  const std::int64_t past = year - 1;
  return past * 365 + past / 4 - past / 100 + past / 400 - 719'162;
}
static_assert(days_before_year(1970) == 0);
static_assert(days_before_year(2000) == 10'957);

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

std::optional<WallTime> to_wall(const Civil& c) {
  if (c.year < 1970 || c.month < 1 || c.month > 12 || c.day < 1) return std::nullopt;
  if (c.day > days_in(c.year, c.month) || c.hour > 23 || c.minute > 59 || c.second > 60) {
    return std::nullopt;
  }
  std::int64_t days = days_before_year(c.year) + c.day - 1;
  for (int month = 1; month < c.month; ++month) days += days_in(c.year, month);
  const std::int64_t seconds =
      days * 86'400 + c.hour * 3'600 + c.minute * 60 + c.second - c.offset_seconds;
  return WallTime{Micros{seconds * 1'000'000 + c.micros}};
}

int CivilReader::digits(std::size_t count) {
  int value = 0;
  if (rest_.size() < count) ok_ = false;
  for (std::size_t i = 0; ok_ && i < count; ++i) {
    if (is_digit(rest_[i])) {
      value = value * 10 + (rest_[i] - '0');
    } else {
      ok_ = false;
    }
  }
  if (ok_) rest_.remove_prefix(count);
  return value;
}

int CivilReader::month_name() {
  constexpr std::string_view kNames = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const std::string_view name = rest_.substr(0, 3);
  const std::size_t at = name.size() == 3 ? kNames.find(name) : std::string_view::npos;
  if (at == std::string_view::npos || at % 3 != 0) {
    ok_ = false;
    return 0;
  }
  rest_.remove_prefix(3);
  return static_cast<int>(at / 3) + 1;
}

int CivilReader::offset() {
  if (take('Z')) return 0;
  const bool west = take('-');
  if (!west) expect('+');
  const int hours = digits(2);
  take(':');
  const int minutes = digits(2);
  if (hours > 15 || minutes > 59) ok_ = false;
  const int seconds = hours * 3'600 + minutes * 60;
  return west ? -seconds : seconds;
}

std::int64_t CivilReader::fraction() {
  std::int64_t micros = 0;
  int count = 0;
  for (; ok_ && !rest_.empty() && is_digit(rest_.front()); ++count, rest_.remove_prefix(1)) {
    if (count < 6) micros = micros * 10 + (rest_.front() - '0');
  }
  if (count == 0 || count > 9) ok_ = false;
  for (; count < 6; ++count) micros *= 10;
  return micros;
}

std::int64_t CivilReader::number(std::size_t most) {
  std::int64_t value = 0;
  std::size_t count = 0;
  for (; ok_ && count < rest_.size() && is_digit(rest_[count]); ++count) {
    if (count == most) {
      ok_ = false;
      return 0;
    }
    value = value * 10 + (rest_[count] - '0');
  }
  if (count == 0) ok_ = false;
  rest_.remove_prefix(count);
  return value;
}

std::string_view CivilReader::letters() {
  std::size_t count = 0;
  while (count < rest_.size() && is_letter(rest_[count])) ++count;
  if (count == 0) ok_ = false;
  const std::string_view taken = rest_.substr(0, count);
  rest_.remove_prefix(count);
  return taken;
}

}  // namespace wayside
