#include "collectors/access_log/format/json_values.h"

#include <array>
#include <utility>

#include "collectors/access_log/format/json_number.h"
#include "collectors/access_log/format/time_text.h"

namespace wayside {
namespace {

constexpr std::int64_t kMostMicros = 100'000'000'000'000;  // 10^8 seconds

// The power of ten that turns a number of a unit into microseconds.
int power_of(DurationUnit unit) {
  switch (unit) {
    case DurationUnit::s:
      return 6;
    case DurationUnit::ms:
      return 3;
    case DurationUnit::us:
      return 0;
    default:
      return -3;
  }
}

struct Unit {
  std::string_view name;
  int power;
  std::int64_t times;
};

// A longer name comes before its own beginning.
constexpr std::array kUnits = {
    Unit{"ns", -3, 1},          Unit{"us", 0, 1},   Unit{"\xC2\xB5s", 0, 1},
    Unit{"\xCE\xBCs", 0, 1},  // the micro sign, and the Greek letter
    Unit{"milliseconds", 3, 1}, Unit{"msec", 3, 1}, Unit{"ms", 3, 1},
    Unit{"min", 6, 60},         Unit{"m", 6, 60},   Unit{"seconds", 6, 1},
    Unit{"secs", 6, 1},         Unit{"sec", 6, 1},  Unit{"s", 6, 1},
    Unit{"h", 6, 3'600}};

const Unit* take_unit(std::string_view& text) {
  for (const Unit& unit : kUnits) {
    if (!text.starts_with(unit.name)) continue;
    text.remove_prefix(unit.name.size());
    return &unit;
  }
  return nullptr;
}

// Behind a number: its unit and further numbers with theirs.
std::optional<Micros> with_units(Decimal number, std::string_view rest) {
  std::int64_t sum = 0;
  for (;;) {
    if (rest.starts_with(' ')) rest.remove_prefix(1);
    const Unit* const unit = take_unit(rest);
    if (unit == nullptr) return std::nullopt;
    const auto micros = scaled(number, unit->power);
    if (!micros || *micros >= kMostMicros) return std::nullopt;
    sum += *micros * unit->times;
    if (sum >= kMostMicros) return std::nullopt;
    if (rest.empty()) return Micros{sum};
    const auto next = take_decimal(rest);
    if (!next) return std::nullopt;
    number = *next;
  }
}

std::optional<WallTime> parse_epoch(const Decimal& number) {
  const auto thousands = scaled(number, -3);
  if (!thousands) return std::nullopt;
  int power = -3;
  if (*thousands < 100'000'000'000'000) power = 0;
  if (*thousands < 100'000'000'000) power = 3;
  if (*thousands < 100'000'000) power = 6;
  const auto micros = scaled(number, power);
  if (!micros) return std::nullopt;
  return WallTime{Micros{*micros}};
}

// "2026-11-24 22:31:31,123" and the like; Go's loggers put slashes into the date, and Caddy may.
bool is_local_time(std::string_view text) {
  constexpr std::string_view kShape = "0000-00-00 00:00:00";
  if (text.size() < kShape.size()) return false;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    const bool fits = kShape[i] == '0'   ? is_digit(text[i])
                      : kShape[i] == ' ' ? text[i] == ' ' || text[i] == 'T'
                      : kShape[i] == '-' ? text[i] == '-' || text[i] == '/'
                                         : text[i] == kShape[i];
    if (!fits) return false;
  }
  for (const char c : text.substr(kShape.size())) {
    if (!is_digit(c) && c != '.' && c != ',') return false;
  }
  return true;
}

// A blank or a small `t` between date and time is what RFC 3339 allows besides the `T`.
std::optional<WallTime> parse_date_time(std::string_view text) {
  constexpr std::size_t kBlank = 10;
  std::array<char, 40> copy{};
  if (text.size() <= kBlank || text.size() > copy.size()) return std::nullopt;
  if (text[kBlank] == 'T') return parse_time_iso8601(text);
  if (text[kBlank] != ' ' && text[kBlank] != 't') return std::nullopt;
  text.copy(copy.data(), text.size());
  copy[kBlank] = 'T';
  return parse_time_iso8601({copy.data(), text.size()});
}

}  // namespace

std::optional<Micros> parse_json_duration(std::string_view text, DurationUnit unit) {
  const auto number = take_decimal(text);
  if (!number) return std::nullopt;
  if (!text.empty()) return with_units(*number, text);
  if (unit == DurationUnit::unknown) return std::nullopt;
  const auto micros = scaled(*number, power_of(unit));
  if (!micros || *micros >= kMostMicros) return std::nullopt;
  return Micros{*micros};
}

JsonTime parse_json_time(std::string_view text) {
  if (const auto number = parse_decimal(text)) {
    const auto time = parse_epoch(*number);
    return {.readable = time.has_value(), .time = time.value_or(kNoTime)};
  }
  if (const auto time = parse_date_time(text)) return {.readable = true, .time = *time};
  if (is_local_time(text)) return {};
  if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
  const auto time = parse_time_local(text);
  return {.readable = time.has_value(), .time = time.value_or(kNoTime)};
}

std::string_view without_port(std::string_view address) {
  if (address.starts_with('[')) {
    const std::size_t end = address.find(']');
    return end == std::string_view::npos ? address : address.substr(1, end - 1);
  }
  std::size_t digits = 0;
  while (digits < address.size() && is_digit(address[address.size() - 1 - digits])) ++digits;
  if (digits == 0 || digits + 1 >= address.size()) return address;
  const std::size_t colon = address.size() - 1 - digits;
  const bool port = address[colon] == ':' && address.find(':') == colon;
  return port ? address.substr(0, colon) : address;
}

std::string_view trace_of(std::string_view traceparent) {
  const bool shaped = traceparent.size() >= 55 && traceparent[2] == '-' && traceparent[35] == '-' &&
                      traceparent[52] == '-';
  return shaped ? traceparent.substr(3, 32) : std::string_view();
}

}  // namespace wayside
