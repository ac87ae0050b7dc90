#include "collectors/access_log/format/line_prefix.h"

#include <algorithm>
#include <array>

#include "collectors/access_log/format/number_text.h"

namespace wayside {
namespace {

constexpr auto kNone = std::string_view::npos;
constexpr std::size_t kLongest = 256;  // of a prefix: a host's name has up to 253 characters

constexpr std::array<std::string_view, 6> kLevels = {"DEBUG", "INFO",     "WARNING",
                                                     "ERROR", "CRITICAL", "TRACE"};

bool is_level(std::string_view text) {
  return std::find(kLevels.begin(), kLevels.end(), text) != kLevels.end();
}

bool are_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

// What stands in the brackets at the front, which are taken off with the space behind them.
std::string_view take_brackets(std::string_view& text) {
  const std::size_t end = text.starts_with('[') ? text.find("] ") : kNone;
  if (end == kNone) return {};
  const std::string_view inside = text.substr(1, end - 1);
  text.remove_prefix(end + 2);
  return inside;
}

// "2026/11/23 22:31:31 [", as nginx begins the lines of its error log.
bool begins_as_error_log(std::string_view line) {
  constexpr std::string_view kShape = "0000/00/00 00:00:00 [";
  if (line.size() < kShape.size()) return false;
  return std::equal(kShape.begin(), kShape.end(), line.begin(),
                    [](char shape, char c) { return shape == '0' ? is_digit(c) : shape == c; });
}

}  // namespace

std::size_t syslog_prefix_size(std::string_view line) {
  const std::size_t end = line.substr(0, kLongest).find("]: ");
  if (end == kNone) return 0;
  const std::size_t open = line.rfind('[', end);
  if (open == kNone || open == 0 || !are_digits(line.substr(open + 1, end - open - 1))) return 0;
  return end + 3;
}

std::size_t logger_prefix_size(std::string_view line) {
  std::string_view rest = line.substr(0, kLongest);
  const std::size_t size = rest.size();
  const std::string_view time = take_brackets(rest);
  const std::string_view process = take_brackets(rest);
  const std::string_view level = take_brackets(rest);
  const bool whole = time.size() >= 19 && are_digits(process) && is_level(level);
  return whole ? size - rest.size() : 0;
}

std::size_t level_prefix_size(std::string_view line) {
  const std::size_t colon = line.substr(0, 10).find(':');
  if (colon == kNone || !is_level(line.substr(0, colon))) return 0;
  // The level and its colon fill nine places, and a space follows.
  constexpr std::size_t kSize = 10;
  const std::string_view spaces = line.substr(0, kSize).substr(colon + 1);
  return line.size() >= kSize && spaces.find_first_not_of(' ') == kNone ? kSize : 0;
}

std::size_t supervisor_prefix_size(std::string_view line) {
  constexpr std::size_t kMost = 64;
  constexpr std::string_view kOfTimes = "0123456789-:/.,+TZ ";
  constexpr std::string_view kOfNames =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.| ";
  const std::size_t brace = line.substr(0, kMost).find('{');
  if (brace == kNone || brace == 0 || line[brace - 1] != ' ') return 0;
  std::string_view time = line.substr(0, brace);
  const std::size_t bar = time.rfind("| ");
  if (bar != kNone) {
    if (time.substr(0, bar).find_first_not_of(kOfNames) != kNone) return 0;
    time.remove_prefix(bar + 2);
  } else if (!is_digit(time.front())) {
    return 0;
  }
  return time.find_first_not_of(kOfTimes) == kNone ? brace : 0;
}

bool has_logger_prefix(std::string_view line) {
  return logger_prefix_size(line) > 0;
}

bool has_level_prefix(std::string_view line) {
  return level_prefix_size(line) > 0;
}

bool is_haproxy_notice(std::string_view line) {
  constexpr std::array<std::string_view, 14> kBegin = {
      "Proxy ",       "Server ",   "Backup Server ", "Backend ",  "backend ",
      "Health check", "Pausing ",  "Connect from ",  "Stopping ", "Resuming ",
      "Enabling ",    "[WARNING]", "[ALERT]",        "[NOTICE]"};
  line.remove_prefix(syslog_prefix_size(line));
  return std::any_of(kBegin.begin(), kBegin.end(),
                     [line](std::string_view begin) { return line.starts_with(begin); });
}

bool is_server_notice(std::string_view line) {
  if (line.starts_with("/docker-entrypoint.")) return true;
  // "10-listen-on-ipv6-by-default.sh: info: …"
  const std::size_t script = line.substr(0, kLongest).find(".sh: ");
  if (script != kNone && line.substr(0, script).find(' ') == kNone) return true;
  return begins_as_error_log(line) || has_logger_prefix(line);
}

}  // namespace wayside
