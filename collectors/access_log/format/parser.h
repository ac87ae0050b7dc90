#pragma once

#include <array>
#include <memory>
#include <string_view>
#include <vector>

#include "agent/core/request.h"
#include "collectors/access_log/format/line_format.h"
#include "collectors/access_log/format/log_format.h"
#include "collectors/access_log/format/problem.h"
#include "collectors/access_log/format/step_readers.h"

namespace wayside {

// Reads lines of a compiled log_format. Allocates nothing but a scratch, once, where values are
// escaped.
class AccessLogParser final : public LineParser {
 public:
  explicit AccessLogParser(std::shared_ptr<const LogFormat> format);

  void parse(std::string_view block, RequestSink& sink, ParseCounts& counts) override;

 private:
  static constexpr std::size_t kBatch = 32;
  static constexpr std::size_t kAttemptRoom = 256;

  // The line at `p`; its end, or null where it has a problem.
  const char* parse_line(const char* p);
  void count_unread(std::string_view line, ParseCounts& counts) const;
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
