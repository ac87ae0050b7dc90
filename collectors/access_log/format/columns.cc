#include "collectors/access_log/format/columns.h"

#include <algorithm>
#include <array>

#include "collectors/access_log/format/client_address.h"
#include "collectors/access_log/format/number_text.h"
#include "collectors/access_log/format/request_line.h"
#include "collectors/access_log/format/time_text.h"
#include "collectors/access_log/format/upstream_list.h"

namespace wayside {
namespace {

constexpr auto kNone = std::string_view::npos;

bool is_space(char c) {
  return c == ' ' || c == '\t';
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Reads columns off the front of a line.
class Splitter {
 public:
  explicit Splitter(std::string_view line) : line_(line) {}

  bool next(Column& column) {
    const std::size_t begin = i_;
    while (i_ < line_.size() && is_space(line_[i_])) ++i_;
    if (i_ == line_.size()) return false;
    column = {};
    column.before = line_.substr(begin, i_ - begin);
    column.key = take_key();
    if (take_enclosed('"', '"', Column::Shape::quoted, column)) return true;
    if (take_enclosed('[', ']', Column::Shape::bracketed, column)) return true;
    column.value = take_plain();
    return true;
  }

 private:
  std::string_view take_key() {
    std::size_t end = i_;
    while (end < line_.size() && (is_letter(line_[end]) || is_digit(line_[end]) ||
                                  line_[end] == '_' || line_[end] == '-' || line_[end] == '.')) {
      ++end;
    }
    if (end == i_ || end == line_.size() || line_[end] != '=' || !is_letter(line_[i_])) return {};
    const std::string_view key = line_.substr(i_, end + 1 - i_);
    i_ = end + 1;
    return key;
  }

  // A value in quotes or brackets, where a column border follows the closing one. (An IPv6
  // address with its port begins with a bracket as well.)
  bool take_enclosed(char open, char close, Column::Shape shape, Column& column) {
    if (i_ == line_.size() || line_[i_] != open) return false;
    std::size_t end = i_ + 1;
    while (end < line_.size() && line_[end] != close) end += line_[end] == '\\' ? 2 : 1;
    if (end >= line_.size()) return false;
    if (end + 1 < line_.size() && !is_space(line_[end + 1])) return false;
    column.shape = shape;
    column.value = line_.substr(i_ + 1, end - i_ - 1);
    i_ = end + 1;
    return true;
  }

  std::string_view take_plain() {
    const std::size_t begin = i_;
    skip_word();
    while (i_ + 1 < line_.size() && line_[i_] == ' ' && goes_on(begin)) {
      ++i_;
      skip_word();
    }
    return line_.substr(begin, i_ - begin);
  }
  void skip_word() {
    while (i_ < line_.size() && !is_space(line_[i_])) ++i_;
  }
  // Whether the value that began at `begin` has more words: a list, or a time with its offset.
  [[nodiscard]] bool goes_on(std::size_t begin) const {
    if (i_ == begin) return false;
    const std::string_view rest = line_.substr(i_ + 1);
    if (rest.front() == '"' || is_space(rest.front())) return false;
    const bool lone_colon = line_[i_ - 1] == ':' && i_ - begin >= 2 && line_[i_ - 2] == ' ';
    if (line_[i_ - 1] == ',' || lone_colon || rest.starts_with(": ")) return true;
    const std::size_t size = kTimeLocalSize;
    return i_ - begin == 20 && begin + size <= line_.size() &&
           looks_like_time_local(line_.substr(begin, size));
  }

  std::string_view line_;
  std::size_t i_ = 0;
};

// Whether every element of nginx's list passes, and at least one is there.
template <typename Test>
bool each_of_list(std::string_view value, const Test& test) {
  UpstreamList list(value);
  bool any = false;
  for (std::string_view element; list.next(element);) {
    if (element == "-") continue;
    if (!test(element)) return false;
    any = true;
  }
  return any;
}

bool looks_like_upstream(std::string_view value) {
  if (value.starts_with("unix:")) return value.size() > 5;
  const std::size_t colon = value.rfind(':');
  if (colon == kNone || !looks_like_number(value.substr(colon + 1))) return false;
  std::string_view address = value.substr(0, colon);
  if (address.size() > 2 && address.front() == '[' && address.back() == ']') {
    address = address.substr(1, address.size() - 2);
    return address.find(':') != kNone && looks_like_address(address);
  }
  return address.find(':') == kNone && looks_like_address(address);
}

}  // namespace

std::vector<Column> split_columns(std::string_view line) {
  std::vector<Column> columns;
  Splitter splitter(line);
  for (Column column; columns.size() < kMaxColumns && splitter.next(column);) {
    columns.push_back(column);
  }
  return columns;
}

std::string signature(const std::vector<Column>& columns) {
  std::string text;
  for (const Column& column : columns) {
    text += column.before;
    text += column.key;
    text += static_cast<char>(column.shape);
  }
  return text;
}

bool is_absent(std::string_view value) {
  return value.empty() || value == "-";
}

bool looks_like_time_local(std::string_view value) {
  return parse_time_local(value).has_value();
}

bool looks_like_time_iso8601(std::string_view value) {
  return parse_time_iso8601(value).has_value();
}

bool looks_like_msec(std::string_view value) {
  return value.size() == 14 && looks_like_seconds(value);
}

bool looks_like_request(std::string_view value) {
  const std::size_t version = value.rfind(" HTTP/");
  return version != kNone && version + 9 == value.size() && !split_request(value).target.empty();
}

bool looks_like_status(std::string_view value) {
  const auto number = parse_unsigned(value);
  if (!number || value.size() != 3) return false;
  return (*number >= 100 && *number < 600) || *number == 0 || *number == 9;
}

bool looks_like_statuses(std::string_view value) {
  return each_of_list(value, looks_like_status);
}

bool looks_like_number(std::string_view value) {
  return parse_unsigned(value).has_value();
}

bool looks_like_seconds(std::string_view value) {
  return value.size() >= 5 && value[value.size() - 4] == '.' &&
         looks_like_number(value.substr(0, value.size() - 4)) &&
         looks_like_number(value.substr(value.size() - 3));
}

bool looks_like_seconds_list(std::string_view value) {
  return each_of_list(value, looks_like_seconds);
}

bool looks_like_upstreams(std::string_view value) {
  return each_of_list(value, looks_like_upstream);
}

bool looks_like_addresses(std::string_view value) {
  return each_of_list(value, looks_like_address);
}

bool looks_like_cache_status(std::string_view value) {
  constexpr std::array<std::string_view, 8> kStatuses = {
      "HIT", "MISS", "BYPASS", "EXPIRED", "STALE", "UPDATING", "REVALIDATED", "SCARCE"};
  return std::find(kStatuses.begin(), kStatuses.end(), value) != kStatuses.end();
}

bool looks_like_request_id(std::string_view value) {
  return value.size() == 32 && std::all_of(value.begin(), value.end(), [](char c) {
           return is_digit(c) || (c >= 'a' && c <= 'f');
         });
}

bool looks_like_pipe(std::string_view value) {
  return value == "." || value == "p";
}

bool looks_like_host(std::string_view value) {
  bool letter = false;
  for (const char c : value) {
    letter = letter || is_letter(c) || c == '_';
    if (!is_letter(c) && !is_digit(c) && c != '.' && c != '-' && c != '_' && c != ':') return false;
  }
  return letter;
}

}  // namespace wayside
