// The tests for single kinds of token, each from the document that defines it.
#include <algorithm>

#include "agent/requests/char_class.h"
#include "agent/requests/file_name.h"
#include "agent/requests/segment.h"

namespace wayside {
namespace {

using namespace chars;

// The number in the `size` digits at `at`, or -1.
int number_at(std::string_view text, std::size_t at, std::size_t size) {
  if (at + size > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + size; ++i) {
    if (!is_digit(text[i])) return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

bool is_year(int year) {
  return year >= 1900 && year <= 2199;
}
bool is_month(int month) {
  return month >= 1 && month <= 12;
}
bool is_day(int day) {
  return day >= 1 && day <= 31;
}
bool is_separator(char c) {
  return c == '-' || c == '_' || c == '.';
}

bool is_year_month_day(std::string_view text) {
  return is_year(number_at(text, 0, 4)) && is_separator(text[4]) &&
         is_month(number_at(text, 5, 2)) && text[7] == text[4] && is_day(number_at(text, 8, 2));
}

bool is_day_month_year(std::string_view text) {
  return is_day(number_at(text, 0, 2)) && is_separator(text[2]) &&
         is_month(number_at(text, 3, 2)) && text[5] == text[2] && is_year(number_at(text, 6, 4));
}

bool is_year_month(std::string_view text) {
  return is_year(number_at(text, 0, 4)) && (text[4] == '-' || text[4] == '_') &&
         is_month(number_at(text, 5, 2));
}

bool is_year_week(std::string_view text) {
  const int week = number_at(text, 6, 2);
  return is_year(number_at(text, 0, 4)) && text[4] == '-' && text[5] == 'W' && week >= 1 &&
         week <= 53;
}

bool is_compact_date(std::string_view text) {
  return is_year(number_at(text, 0, 4)) && is_month(number_at(text, 4, 2)) &&
         is_day(number_at(text, 6, 2));
}

bool is_date_and_time(std::string_view text) {
  return is_year_month_day(text) && (text[10] == 'T' || text[10] == 't' || text[10] == '_') &&
         number_at(text, 11, 2) >= 0;
}

bool is_base64url(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (of(c) & (kLetter | kDigit | kDash)) != 0;
  });
}

}  // namespace

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !is_hex(text[i])) return false;
  }
  return true;
}

bool is_ulid(std::string_view text) {
  if (text.size() != 26 || text[0] < '0' || text[0] > '7') return false;
  const bool upper =
      std::none_of(text.begin(), text.end(), [](char c) { return of(c) & kAnyLower; });
  const bool lower =
      std::none_of(text.begin(), text.end(), [](char c) { return of(c) & kAnyUpper; });
  return (upper || lower) && std::all_of(text.begin(), text.end(), [](char c) {
           return (of(c) & (kLetter | kDigit)) != 0 &&
                  std::string_view("ILOUilou").find(c) == std::string_view::npos;
         });
}

bool is_jwt(std::string_view text) {
  if (text.size() < 20 || text.substr(0, 3) != "eyJ") return false;
  const std::size_t first = text.find('.');
  if (first == std::string_view::npos) return false;
  const std::size_t second = text.find('.', first + 1);
  if (second == std::string_view::npos) return false;
  return is_base64url(text.substr(0, first)) &&
         is_base64url(text.substr(first + 1, second - first - 1)) &&
         is_base64url(text.substr(second + 1));
}

bool is_date(std::string_view text) {
  switch (text.size()) {
    case 7:
      return is_year_month(text);
    case 8:
      return is_compact_date(text) || is_year_week(text);
    case 10:
      return is_year_month_day(text) || is_day_month_year(text);
    default:
      return text.size() >= 13 && text.size() <= 40 && is_date_and_time(text);
  }
}

bool is_opaque(std::string_view run) {
  const RunShape shape = shape_of_run(run);
  if (shape.digits >= 5) return true;
  if (run.size() < 8) return false;
  if (shape.hex && shape.digits >= 1) return true;
  if (run.size() < 16) return shape.digits >= 2 && shape.switches * 3 > run.size();
  if (shape.digits >= 1) return shape.switches * 4 >= run.size();
  return shape.upper * 3 >= run.size() && shape.lower * 4 >= run.size();
}

}  // namespace wayside
