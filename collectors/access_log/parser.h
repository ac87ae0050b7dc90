#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "agent/core/request.h"
#include "collectors/access_log/escapes.h"
#include "collectors/access_log/log_format.h"
#include "collectors/access_log/time_text.h"
#include "collectors/access_log/upstream_list.h"

namespace wayside {

// Why a line was not counted as a request.
enum class ParseProblem : std::uint8_t {
  no_match,  // its literals are not those of the format
  bad_status,
  bad_bytes,
  bad_time,
  bad_duration,  // negative, not a number, or beyond three years
  line_too_long  // counted by whoever cuts the lines
};
inline constexpr std::size_t kParseProblems = 6;

// A label's value: "no_match".
std::string_view to_string(ParseProblem problem);

struct ParseCounts {
  std::uint64_t lines = 0;  // requests and problems alike, without empty lines
  std::array<std::uint64_t, kParseProblems> problems{};
};

// Reads the lines of one file. One thread; allocates nothing but a scratch, once, where values
// are escaped.
class AccessLogParser {
 public:
  explicit AccessLogParser(std::shared_ptr<const LogFormat> format);

  // Parses whole lines: `block` is empty or ends in '\n', and kReadableAfterBlock (64) bytes after
  // it are readable. Hands the requests on in the order of their lines, in batches; their views
  // point into the block and this parser, and are valid during the sink's call. Lines end in
  // "\n" or "\r\n"; empty ones are passed over in silence.
  void parse(std::string_view block, RequestSink& sink, ParseCounts& counts);

 private:
  static constexpr std::size_t kBatch = 32;
  static constexpr std::size_t kAttemptRoom = 256;

  // A line on its way through the steps of the format.
  struct Line {
    const char* at = nullptr;  // the value to read next
    Request* request = nullptr;
    Attempts attempts;
    std::string_view forwarded;
    bool event_stream = false;
    ParseProblem problem = ParseProblem::no_match;
  };

  bool parse_line(Line& line);
  bool read(const FormatStep& step, Line& line);
  bool read_text(const FormatStep& step, Line& line);
  void take_text(Field field, std::string_view value, bool backslash, Line& line);
  void take_request(Field field, std::string_view value, bool backslash, Request& request);
  void take_host(Field field, std::string_view value, bool backslash, Request& request);
  bool read_time(const FormatStep& step, Line& line);
  void finish(Line& line);
  [[nodiscard]] std::string_view plain(std::string_view value, bool backslash);
  void flush(RequestSink& sink);

  std::shared_ptr<const LogFormat> format_;
  std::array<Request, kBatch> requests_{};
  std::array<Attempt, kAttemptRoom> attempts_{};
  std::size_t requests_used_ = 0;
  std::size_t attempts_used_ = 0;
  EscapeScratch scratch_;
  LastTime last_time_;
};

}  // namespace wayside
