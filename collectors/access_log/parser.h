#pragma once

#include <array>
#include <memory>
#include <string_view>
#include <vector>

#include "agent/core/request.h"
#include "collectors/access_log/log_format.h"
#include "collectors/access_log/problem.h"
#include "collectors/access_log/step_readers.h"

namespace wayside {

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

  // The line at `p`; its end, or null where it has a problem.
  const char* parse_line(const char* p);
  void flush(RequestSink& sink);

  std::shared_ptr<const LogFormat> format_;
  std::vector<ReadStep> steps_;
  LineState line_;
  std::array<Request, kBatch> requests_{};
  std::array<Attempt, kAttemptRoom> attempts_{};
  std::size_t requests_used_ = 0;
  std::size_t attempts_used_ = 0;
};

}  // namespace wayside
