#include "collectors/access_log/format/time_pattern.h"

#include <algorithm>
#include <ctime>

namespace wayside {
namespace {

constexpr std::size_t kMaxParts = 128;

// What the parts of a time have told so far.
struct Told {
  Civil civil;
  bool zoned = false;
  std::optional<std::int64_t> since_1970;  // microseconds
};

void read_zone_name(CivilReader& reader, Told& told) {
  const std::string_view name = reader.letters();
  told.zoned = name == "GMT" || name == "UTC" || name == "Z";
}

void read_date(char conversion, CivilReader& reader, Civil& civil) {
  switch (conversion) {
    case 'd':
      civil.day = reader.digits(2);
      break;
    case 'e':
      civil.day = reader.digits(reader.take(' ') ? 1 : 2);
      break;
    case 'm':
      civil.month = reader.digits(2);
      break;
    case 'b':
      civil.month = reader.month_name();
      break;
    case 'B':
      civil.month = reader.month_name();
      if (civil.month != 5) reader.letters();
      break;
    case 'y':
      civil.year = 2'000 + reader.digits(2);
      break;
    default:
      civil.year = reader.digits(4);
  }
}

void read_part(char conversion, CivilReader& reader, Told& told) {
  switch (conversion) {
    case 'a':
      reader.letters();
      break;
    case 'H':
      told.civil.hour = reader.digits(2);
      break;
    case 'M':
      told.civil.minute = reader.digits(2);
      break;
    case 'S':
      told.civil.second = reader.digits(2);
      break;
    case 'L':
      told.civil.micros = reader.digits(3) * 1'000;
      break;
    case 'f':
      told.civil.micros = reader.digits(6);
      break;
    case 'z':
      told.civil.offset_seconds = reader.offset();
      told.zoned = true;
      break;
    case 'Z':
      read_zone_name(reader, told);
      break;
    case 's':
      told.since_1970 = reader.number(11) * 1'000'000;
      break;
    case 'Q':
      told.since_1970 = reader.number(14) * 1'000;
      break;
    case 'J':
      told.since_1970 = reader.number(17);
      break;
    default:
      read_date(conversion, reader, told.civil);
  }
}

bool same_quarter(const Civil& a, const Civil& b) {
  return a.year == b.year && a.month == b.month && a.day == b.day && a.hour == b.hour &&
         a.minute / 15 == b.minute / 15;
}

}  // namespace

int LocalOffset::at(const Civil& wall) {
  if (same_quarter(wall, quarter_)) return seconds_;
  std::tm parts{};
  parts.tm_year = wall.year - 1900;
  parts.tm_mon = wall.month - 1;
  parts.tm_mday = wall.day;
  parts.tm_hour = wall.hour;
  parts.tm_min = wall.minute;
  parts.tm_isdst = -1;
  if (std::mktime(&parts) == -1) return 0;
  quarter_ = wall;
  seconds_ = static_cast<int>(parts.tm_gmtoff);
  return seconds_;
}

bool TimePattern::add(std::string_view pattern) {
  constexpr std::string_view kKnown = "adebBmyYHMSLfzZsQJ";
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (parts_.size() == kMaxParts) return false;
    if (pattern[i] != '%') {
      parts_.push_back({.conversion = '\0', .literal = pattern[i]});
      continue;
    }
    if (++i == pattern.size()) return false;
    const char c = pattern[i];
    const char alias = c == 'A' ? 'a' : c == 'h' ? 'b' : c;
    const std::string_view longer = c == 'T'   ? "%H:%M:%S"
                                    : c == 'F' ? "%Y-%m-%d"
                                    : c == 'D' ? "%m/%d/%y"
                                    : c == 'R' ? "%H:%M"
                                    : c == 'n' ? "\n"
                                    : c == 't' ? "\t"
                                               : "";
    if (!longer.empty()) {
      if (!add(longer)) return false;
    } else if (c == '%') {
      parts_.push_back({.conversion = '\0', .literal = '%'});
    } else if (kKnown.find(alias) != std::string_view::npos) {
      parts_.push_back({.conversion = alias, .literal = '\0'});
    } else {
      return false;
    }
  }
  return true;
}

bool TimePattern::has(std::string_view one_of) const {
  return std::any_of(parts_.begin(), parts_.end(), [one_of](const Part& part) {
    return part.conversion != '\0' && one_of.find(part.conversion) != std::string_view::npos;
  });
}

std::optional<TimePattern> TimePattern::compile(std::string_view pattern) {
  TimePattern compiled;
  if (!compiled.add(pattern)) return std::nullopt;
  if (compiled.has("sQJ")) return compiled;
  for (const std::string_view needed : {"Yy", "mbB", "de", "H", "M", "S"}) {
    if (!compiled.has(needed)) return std::nullopt;
  }
  return compiled;
}

std::optional<WallTime> TimePattern::read(std::string_view text, LocalOffset& local,
                                          std::size_t& size) const {
  CivilReader reader(text);
  Told told;
  for (const Part& part : parts_) {
    if (part.conversion == '\0') {
      reader.expect(part.literal);
    } else {
      read_part(part.conversion, reader, told);
    }
    if (!reader.ok()) return std::nullopt;
  }
  size = text.size() - reader.left();
  if (told.since_1970) return WallTime{Micros{*told.since_1970 + told.civil.micros}};
  const auto here = to_wall(told.civil);
  if (!here || told.zoned) return here;
  return *here - std::chrono::seconds{local.at(told.civil)};
}

}  // namespace wayside
