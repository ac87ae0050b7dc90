#include "collectors/access_log/format/parser.h"

#include <utility>

#include "collectors/access_log/format/client_address.h"
#include "collectors/access_log/format/scan.h"

namespace wayside {

std::string_view to_string(ParseProblem problem) {
  constexpr std::array<std::string_view, kParseProblems> kNames = {
      "no_match", "bad_json",     "bad_status",   "bad_bytes",
      "bad_time", "bad_duration", "line_too_long"};
  return kNames[static_cast<std::size_t>(problem)];
}

AccessLogParser::AccessLogParser(std::shared_ptr<const LogFormat> format)
    : format_(std::move(format)), steps_(make_read_steps(*format_)) {
  line_.escaping = format_->escaping();
  line_.ending = &format_->ending();
  line_.time = format_->time();
}

void AccessLogParser::parse(std::string_view block, RequestSink& sink, ParseCounts& counts) {
  const char* p = block.data();
  const char* const end = p + block.size();
  while (p < end) {
    if (*p == '\n' || (*p == '\r' && p[1] == '\n')) {
      p += *p == '\n' ? 1 : 2;
      continue;
    }
    ++counts.lines;
    const char* const next = parse_line(p);
    if (next == nullptr) {
      const char* const newline = line_.scanner->find(line_.failed_at, '\n');
      count_unread({p, static_cast<std::size_t>(newline - p)}, counts);
      p = newline + 1;
      continue;
    }
    p = next;
    if (requests_used_ == kBatch || attempts_used_ + Attempts::kMost > kAttemptRoom ||
        line_.scratch.crowded()) {
      flush(sink);
    }
  }
  flush(sink);
}

const char* AccessLogParser::parse_line(const char* p) {
  constexpr std::uint16_t kSwitchingProtocols = 101;
  Request& request = requests_[requests_used_];
  line_.request = &request;
  line_.attempts.start(attempts_.data() + attempts_used_);
  line_.forwarded = {};
  line_.event_stream = false;
  const char* const next = read_line(*format_, steps_, p, line_);
  if (next == nullptr) return nullptr;
  request.stream = line_.event_stream || request.status == kSwitchingProtocols;
  if (!line_.forwarded.empty()) {
    request.client = original_client(request.client, line_.forwarded);
  }
  request.attempts = line_.attempts.get();
  attempts_used_ += request.attempts.size();
  ++requests_used_;
  return next;
}

void AccessLogParser::count_unread(std::string_view line, ParseCounts& counts) const {
  if (format_->tells_other(line)) {
    ++counts.others;
  } else {
    counts.add(line_.problem, line);
  }
}

void AccessLogParser::flush(RequestSink& sink) {
  if (requests_used_ > 0) sink.on({requests_.data(), requests_used_});
  requests_used_ = 0;
  attempts_used_ = 0;
  line_.scratch.clear();
}

}  // namespace wayside
