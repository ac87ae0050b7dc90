#pragma once

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string_view>

#include "collectors/access_log/format/line_format.h"
#include "collectors/access_log/format/scan.h"

namespace wayside::fuzz {

// Touches all that a request points at, so that a sanitizer sees what lies out of bounds.
class TouchingSink final : public RequestSink {
 public:
  void on(std::span<const Request> batch) override {
    for (const Request& request : batch) {
      ++requests;
      for (const std::string_view text :
           {request.path, request.client, request.host, request.request_id, request.trace_id,
            request.cache_status, request.who, request.user_agent}) {
        touch(text);
      }
      if (request.status >= 1000) std::abort();
      if (request.total != kNoDuration && request.total.count() < 0) std::abort();
      for (const Attempt& attempt : request.attempts) {
        touch(attempt.address);
        if (attempt.duration != kNoDuration && attempt.duration.count() < 0) std::abort();
      }
    }
  }
  std::uint64_t requests = 0;
  std::uint64_t sum = 0;

 private:
  void touch(std::string_view text) {
    for (const char c : text) sum += static_cast<unsigned char>(c);
  }
};

// Parses the whole lines of a text from a buffer of its own; every line is a request, a counted
// problem or another line.
inline void parse_all(LineParser& parser, std::string_view text) {
  text = text.substr(0, text.rfind('\n') + 1);
  const auto block = std::make_unique<char[]>(text.size() + kReadableAfterBlock);
  std::memcpy(block.get(), text.data(), text.size());
  TouchingSink sink;
  ParseCounts counts;
  parser.parse({block.get(), text.size()}, sink, counts);
  std::uint64_t problems = 0;
  for (const std::uint64_t count : counts.problems) problems += count;
  if (sink.requests + counts.others + problems != counts.lines) std::abort();
}

}  // namespace wayside::fuzz
