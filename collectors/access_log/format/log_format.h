#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/result.h"
#include "collectors/access_log/format/variables.h"

namespace wayside {

// One value of a line and the literal that ends it. The last step's literal ends in '\n'.
struct FormatStep {
  std::uint64_t head = 0;  // the literal's first eight bytes, as they lie in memory
  std::uint64_t mask = 0;  // the bits of them that count
  std::uint32_t size = 0;  // the literal's size
  char first = '\n';       // and its first byte
  Field field = Field::skip;
  bool quoted = false;  // it begins with '"', which a backslash may hide in the value
  bool list = false;    // the value may be a list, whose separators hold the literal's space
  bool last = false;
  std::string literal;

  // Whether more than the first eight bytes decide where the value ends.
  [[nodiscard]] bool needs_care() const { return quoted || list || size > 8; }
};

// A log format, compiled: how each value of a line is found and what it is read as. Immutable;
// shared by the parsers of all files of that format, on any thread.
class LogFormat {
 public:
  // The format as nginx has it written, in one piece.
  [[nodiscard]] std::string_view text() const { return text_; }
  // Whether a latency can come of it at all: the request's own or its upstreams'.
  [[nodiscard]] bool has_duration() const { return has_duration_; }

  // For the parser: the literal in front of the first value, the steps, and whether values are
  // escaped as by escape=default.
  [[nodiscard]] std::string_view lead() const { return lead_; }
  [[nodiscard]] std::span<const FormatStep> steps() const { return steps_; }
  [[nodiscard]] bool escaped() const { return escaped_; }

 private:
  friend Result<LogFormat> compile_log_format(std::string_view nginx_log_format);
  std::string text_, lead_;
  std::vector<FormatStep> steps_;
  bool has_duration_ = false;
  bool escaped_ = true;
};

// Takes the names "common" and "combined", the text of an nginx log_format, the same as quoted
// pieces, or the whole directive. Unknown variables are accepted and skipped. Errors name the
// character at which the format goes wrong. https://nginx.org/r/log_format
Result<LogFormat> compile_log_format(std::string_view nginx_log_format);

}  // namespace wayside
