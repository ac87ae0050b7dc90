#include "collectors/access_log/format/time_text.h"

#include "collectors/access_log/format/civil_time.h"
#include "collectors/access_log/format/number_text.h"

namespace wayside {

std::optional<WallTime> parse_time_local(std::string_view text) {
  CivilReader reader(text);
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
  CivilReader reader(text);
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
