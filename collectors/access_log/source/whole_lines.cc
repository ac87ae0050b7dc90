#include "collectors/access_log/source/whole_lines.h"

#include <cstring>

namespace wayside {
namespace {

// How many bytes of `lines` come before the first line that is too long. Steps from newline to
// newline as far apart as lines may be, so that most bytes are never looked at.
std::size_t before_long_line(std::string_view lines) {
  std::size_t at = 0;
  while (lines.size() - at > kMaxLineBytes) {
    const auto step = whole_lines(lines.substr(at, kMaxLineBytes + 1)).size();
    if (step == 0) return at;
    at += step;
  }
  return lines.size();
}

}  // namespace

std::string_view whole_lines(std::string_view text) {
  const void* last = text.empty() ? nullptr : ::memrchr(text.data(), '\n', text.size());
  if (last == nullptr) return {};
  return text.substr(0, static_cast<std::size_t>(static_cast<const char*>(last) - text.data()) + 1);
}

void hand_over(std::string_view lines, LineSink& sink) {
  while (!lines.empty()) {
    const std::size_t good = before_long_line(lines);
    if (good > 0) sink.lines(lines.substr(0, good));
    lines.remove_prefix(good);
    if (lines.empty()) return;
    sink.line_too_long();
    lines.remove_prefix(lines.find('\n') + 1);
  }
}

}  // namespace wayside
