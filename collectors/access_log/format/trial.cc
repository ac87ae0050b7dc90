#include "collectors/access_log/format/trial.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <string>

#include "collectors/access_log/format/detect.h"
#include "collectors/access_log/format/line_prefix.h"
#include "collectors/access_log/format/number_text.h"
#include "collectors/access_log/format/scan.h"

namespace wayside {
namespace {

class CountingSink final : public RequestSink {
 public:
  void on(std::span<const Request> requests) override { count_ += requests.size(); }
  [[nodiscard]] std::uint64_t count() const { return count_; }

 private:
  std::uint64_t count_ = 0;
};

// A comma behind the request is that of an error log: `request: "GET / HTTP/1.1", upstream: …`.
bool holds_request(std::string_view line) {
  constexpr std::string_view kProtocol = " HTTP/";
  const std::size_t at = line.find(kProtocol);
  if (at == std::string_view::npos || is_server_notice(line)) return false;
  std::string_view rest = line.substr(at + kProtocol.size());
  if (rest.empty() || !is_digit(rest.front())) return false;
  rest.remove_prefix(rest.size() > 2 && rest[1] == '.' && is_digit(rest[2]) ? 3 : 1);
  return !rest.starts_with("\",");
}

}  // namespace

std::vector<std::string_view> cut_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  text = text.substr(0, kDetectBytes);
  while (lines.size() < kDetectLines) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) break;
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

std::vector<std::string_view> lines_with_requests(const std::vector<std::string_view>& lines) {
  std::vector<std::string_view> holding;
  std::copy_if(lines.begin(), lines.end(), std::back_inserter(holding), holds_request);
  return holding.empty() ? lines : holding;
}

Trial try_lines(LineParser& parser, const std::vector<std::string_view>& lines) {
  std::string block;
  for (const std::string_view line : lines) block.append(line).push_back('\n');
  const std::size_t size = block.size();
  block.resize(size + kReadableAfterBlock);
  CountingSink sink;
  ParseCounts counts;
  parser.parse(std::string_view(block).substr(0, size), sink, counts);
  return {
      .lines = counts.lines,
      .requests = sink.count(),
      .others = counts.others,
      .unread = std::accumulate(counts.problems.begin(), counts.problems.end(), std::uint64_t{0})};
}

}  // namespace wayside
