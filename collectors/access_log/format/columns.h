#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wayside {

// One column of a log line whose format is not known: what stands between spaces, in quotes or
// in brackets, by itself or after `key=`. Lists ("0.002, 0.016 : 0.5") are one column, and so is
// a time with its offset. Views point into the line.
struct Column {
  enum class Shape : char { plain = 'p', quoted = 'q', bracketed = 'b' };
  Shape shape = Shape::plain;
  std::string_view before;  // the spaces in front
  std::string_view key;     // "rt=", or empty
  std::string_view value;   // without quotes or brackets
};

inline constexpr std::size_t kMaxColumns = 64;

// What stands past kMaxColumns is left out.
std::vector<Column> split_columns(std::string_view line);

// A text that two lines have in common when their columns are built alike.
std::string signature(const std::vector<Column>& columns);

// Whether a value says that there is none.
bool is_absent(std::string_view value);

// What the values of a column look like. None of these takes an absent value.
bool looks_like_time_local(std::string_view value);
bool looks_like_time_iso8601(std::string_view value);
bool looks_like_msec(std::string_view value);
bool looks_like_request(std::string_view value);       // "GET /x HTTP/1.1"
bool looks_like_status(std::string_view value);        // 100 to 599, 000 or 009
bool looks_like_statuses(std::string_view value);      // a list of them
bool looks_like_number(std::string_view value);        // digits only
bool looks_like_seconds(std::string_view value);       // "0.123": exactly three decimals
bool looks_like_seconds_list(std::string_view value);  // "0.123, - : 0.456"
bool looks_like_upstreams(std::string_view value);     // a list of ip:port and unix:/path
bool looks_like_addresses(std::string_view value);     // a list of IP addresses, separated by ','
bool looks_like_cache_status(std::string_view value);  // HIT, MISS, …
bool looks_like_request_id(std::string_view value);    // 32 hexadecimal digits
bool looks_like_pipe(std::string_view value);          // "." or "p"
bool looks_like_host(std::string_view value);          // a name, with or without a port

}  // namespace wayside
