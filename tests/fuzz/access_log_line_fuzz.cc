// The first line of the input is a format, the rest is a log. Every line is a request or a
// counted problem, and all that a request points at lies in bounds.
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string_view>

#include "collectors/access_log/format/parser.h"
#include "collectors/access_log/format/scan.h"

namespace {

constexpr std::string_view kUsual =
    R"($remote_addr - $remote_user [$time_local] "$request" $status $bytes_sent "$http_referer" )"
    R"("$http_user_agent" $request_time $upstream_response_time "$upstream_addr" )"
    R"($upstream_status $upstream_cache_status $http_x_forwarded_for)";

class TouchingSink final : public wayside::RequestSink {
 public:
  void on(std::span<const wayside::Request> batch) override {
    for (const wayside::Request& request : batch) {
      ++requests;
      touch(request.path);
      touch(request.client);
      touch(request.host);
      touch(request.request_id);
      touch(request.trace_id);
      touch(request.cache_status);
      if (request.status >= 1000) std::abort();
      if (request.total != wayside::kNoDuration && request.total.count() < 0) std::abort();
      for (const wayside::Attempt& attempt : request.attempts) {
        touch(attempt.address);
        if (attempt.duration != wayside::kNoDuration && attempt.duration.count() < 0) std::abort();
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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return 0;
  auto format = wayside::compile_log_format(end == 0 ? kUsual : text.substr(0, end));
  if (!format) return 0;
  text.remove_prefix(end + 1);
  text = text.substr(0, text.rfind('\n') + 1);  // whole lines
  const auto block = std::make_unique<char[]>(text.size() + wayside::kReadableAfterBlock);
  std::memcpy(block.get(), text.data(), text.size());
  wayside::AccessLogParser parser(std::make_shared<const wayside::LogFormat>(std::move(*format)));
  TouchingSink sink;
  wayside::ParseCounts counts;
  parser.parse({block.get(), text.size()}, sink, counts);
  std::uint64_t problems = 0;
  for (const std::uint64_t count : counts.problems) problems += count;
  if (sink.requests + problems != counts.lines) std::abort();
  return 0;
}
