#include "collectors/access_log/line_blocks.h"

#include <algorithm>
#include <numeric>

namespace wayside {
namespace {

constexpr auto kNone = std::string_view::npos;

class NoRequests final : public RequestSink {
 public:
  void on(std::span<const Request>) override {}
};

bool is_unread(std::string_view line, LineParser& parser) {
  const ParseCounts counts = count_by(parser, line);
  return problems_of(counts) == counts.lines;
}

}  // namespace

std::string_view first_lines(std::string_view lines, std::size_t bytes) {
  if (lines.size() <= bytes) return lines;
  const auto end = lines.rfind('\n', bytes);
  return lines.substr(0, (end == kNone ? lines.find('\n') : end) + 1);
}

std::string_view first_lines(std::string_view lines, std::size_t count, std::size_t bytes) {
  std::size_t end = 0;
  while (count > 0 && end < lines.size()) {
    const std::size_t next = lines.find('\n', end);
    if (next == kNone || next >= bytes) break;
    end = next + 1;
    --count;
  }
  return lines.substr(0, end);
}

std::size_t middle_of(std::string_view lines) {
  if (lines.size() < 2) return 0;
  auto end = lines.rfind('\n', lines.size() / 2);
  if (end == kNone) end = lines.find('\n');
  return end + 1 >= lines.size() ? 0 : end + 1;
}

std::uint64_t lines_in(std::string_view lines) {
  std::uint64_t count = 0;
  while (!lines.empty()) {
    const auto end = std::min(lines.find('\n'), lines.size() - 1);
    if (end > 0 && lines.substr(0, end) != "\r") ++count;
    lines.remove_prefix(end + 1);
  }
  return count;
}

std::uint64_t problems_of(const ParseCounts& counts) {
  return std::accumulate(counts.problems.begin(), counts.problems.end(), std::uint64_t{0});
}

ParseCounts count_by(LineParser& parser, std::string_view lines) {
  NoRequests nobody;
  ParseCounts counts;
  parser.parse(lines, nobody, counts);
  return counts;
}

std::string_view unread_begin_of(std::string_view lines, LineParser& parser) {
  std::size_t end = 0;
  while (end < lines.size()) {
    const std::size_t next = std::min(lines.find('\n', end), lines.size() - 1) + 1;
    if (!is_unread(lines.substr(end, next - end), parser)) break;
    end = next;
  }
  return lines.substr(0, end);
}

std::string_view unread_end_of(std::string_view lines, LineParser& parser) {
  std::size_t begin = lines.size();
  while (begin > 0) {
    const std::size_t line = begin < 2 ? 0 : lines.rfind('\n', begin - 2) + 1;
    if (!is_unread(lines.substr(line, begin - line), parser)) break;
    begin = line;
  }
  return lines.substr(begin);
}

}  // namespace wayside
