#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/request.h"
#include "agent/core/result.h"
#include "collectors/access_log/format/escapes.h"
#include "collectors/access_log/format/options.h"
#include "collectors/access_log/format/time_pattern.h"
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

// What is left to do when all values of a line are read. nginx's formats need nothing of it.
struct Ending {
  bool begun = false;    // the time is when the request came, not when its answer was complete
  bool proxied = false;  // the answer's status is that of the upstream, where one answered
  std::string_view Request::*who = nullptr;  // what tells of something else tells who it is, too

  [[nodiscard]] bool any() const { return begun || proxied || who != nullptr; }
};

struct FormatParts;

// A log format, compiled: how each value of a line is found and what it is read as. Immutable;
// shared by the parsers of all files of that format, on any thread.
class LogFormat {
 public:
  // The format as its writer has it, in one piece.
  [[nodiscard]] std::string_view text() const { return text_; }
  // Whether a latency can come of it at all: the request's own or its upstreams'.
  [[nodiscard]] bool has_duration() const { return has_duration_; }

  // Whether a value of its lines tells who a request is of, as the options asked.
  [[nodiscard]] bool names_who() const { return names_who_; }
  // Whether its writer colours lines for a terminal.
  [[nodiscard]] bool coloured() const { return coloured_; }

  // For the parser: the literal in front of the first value, or what may stand in front of it and
  // the literal behind that, the steps, how values are escaped, how times are written, and what
  // ends a line.
  [[nodiscard]] std::string_view lead() const { return lead_; }
  [[nodiscard]] Field prefix() const { return prefix_; }
  [[nodiscard]] std::string_view behind_prefix() const { return behind_prefix_; }
  [[nodiscard]] std::span<const FormatStep> steps() const { return steps_; }
  [[nodiscard]] Escaping escaping() const { return escaping_; }
  [[nodiscard]] const TimePattern* time() const { return time_ ? &*time_ : nullptr; }
  [[nodiscard]] const Ending& ending() const { return ending_; }
  // Whether a line that does not fit is something else that the same service says in such a log.
  [[nodiscard]] bool tells_other(std::string_view line) const {
    return tells_other_ != nullptr && tells_other_(line);
  }

 private:
  friend Result<LogFormat> compile_parts(FormatParts parts, const FormatOptions& options);
  std::string text_, lead_, behind_prefix_;
  Field prefix_ = Field::skip;
  std::vector<FormatStep> steps_;
  std::optional<TimePattern> time_;
  Ending ending_;
  bool (*tells_other_)(std::string_view line) = nullptr;
  bool has_duration_ = false;
  bool names_who_ = false;
  bool coloured_ = false;
  Escaping escaping_ = Escaping::backslash;
};

// Takes the names "common" and "combined", the text of an nginx log_format, the same as quoted
// pieces, or the whole directive. Unknown variables are accepted and skipped. Errors name the
// character at which the format goes wrong. https://nginx.org/r/log_format
Result<LogFormat> compile_log_format(std::string_view nginx_log_format,
                                     const FormatOptions& options = {});

}  // namespace wayside
