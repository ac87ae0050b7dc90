// The first line of the input is a format, the rest is a log. Every line is a request or a
// counted problem, and all that a request points at lies in bounds.
#include <cstdint>
#include <memory>
#include <string_view>

#include "collectors/access_log/format/parser.h"
#include "tests/fuzz/touching_sink.h"

namespace {

constexpr std::string_view kUsual =
    R"($remote_addr - $remote_user [$time_local] "$request" $status $bytes_sent "$http_referer" )"
    R"("$http_user_agent" $request_time $upstream_response_time "$upstream_addr" )"
    R"($upstream_status $upstream_cache_status $http_x_forwarded_for)";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return 0;
  auto format = wayside::compile_log_format(end == 0 ? kUsual : text.substr(0, end));
  if (!format) return 0;
  text.remove_prefix(end + 1);
  wayside::AccessLogParser parser(std::make_shared<const wayside::LogFormat>(std::move(*format)));
  wayside::fuzz::parse_all(parser, text);
  return 0;
}
