#include "collectors/access_log/format/time_text.h"

#include "collectors/access_log/format/number_text.h"

namespace wayside {
namespace {

struct Civil {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  int offset_seconds = 0;  // east of Greenwich
  std::int64_t micros = 0;
};

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

// Reads fixed-width parts from the front of a text; any failure sticks.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  int digits(std::size_t count) {
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
  void expect(char c) {
    if (!take(c)) ok_ = false;
  }
  bool take(char c) {
    if (!ok_ || rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  int month_name() {
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
  // "+0200", "+02:00" or "Z".
  int offset() {
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
  // Digits after the point: the first six count, up to nine are allowed.
  std::int64_t fraction() {
    std::int64_t micros = 0;
    int count = 0;
    for (; ok_ && !rest_.empty() && is_digit(rest_.front()); ++count, rest_.remove_prefix(1)) {
      if (count < 6) micros = micros * 10 + (rest_.front() - '0');
    }
    if (count == 0 || count > 9) ok_ = false;
    for (; count < 6; ++count) micros *= 10;
    return micros;
  }
  [[nodiscard]] bool at_end() const { return ok_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace

std::optional<WallTime> parse_time_local(std::string_view text) {
  Reader reader(text);
  Civil c;
  c.day = reader.digits(2);
  reader.expect('/');
  c.month = reader.month_name();
  reader.expect('/');
  c.year = reader.digits(4);
  reader.expect(':');
  c.hour = reader.digits(2);
  reader.expect(':');
  c.minute = reader.digits(2);
  reader.expect(':');
  c.second = reader.digits(2);
  reader.expect(' ');
  c.offset_seconds = reader.offset();
  return reader.at_end() ? to_wall(c) : std::nullopt;
}

std::optional<WallTime> parse_time_iso8601(std::string_view text) {
  Reader reader(text);
  Civil c;
  c.year = reader.digits(4);
  reader.expect('-');
  c.month = reader.digits(2);
  reader.expect('-');
  c.day = reader.digits(2);
  reader.expect('T');
  c.hour = reader.digits(2);
  reader.expect(':');
  c.minute = reader.digits(2);
  reader.expect(':');
  c.second = reader.digits(2);
  if (reader.take('.')) c.micros = reader.fraction();
  c.offset_seconds = reader.offset();
  return reader.at_end() ? to_wall(c) : std::nullopt;
}

std::optional<WallTime> parse_msec(std::string_view text) {
  const auto micros = parse_decimal_micros(text, kMaxMsecDigits);
  if (!micros) return std::nullopt;
  return WallTime{*micros};
}

}  // namespace wayside
