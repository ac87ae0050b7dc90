#include "collectors/access_log/more_lines.h"

#include <algorithm>

#include "collectors/access_log/format/detect.h"
#include "collectors/access_log/line_blocks.h"

namespace wayside {
namespace {

std::size_t count_lines(std::string_view lines) {
  return static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n'));
}

}  // namespace

void MoreLines::begin(std::string_view lines) {
  end();
  seen_ = count_lines(lines);
  next_ = std::max<std::uint64_t>(1, seen_) * 2;
  const auto first = first_lines(lines, kKeptLines, kKeptBytes);
  kept_ = first;
  kept_lines_ = count_lines(first);
}

void MoreLines::end() {
  *this = MoreLines();
}

bool MoreLines::add(std::string_view lines, std::uint64_t count) {
  seen_ += count;
  const auto kept =
      first_lines(lines, kKeptLines - kept_lines_, kKeptBytes - std::min(kKeptBytes, kept_.size()));
  kept_ += kept;
  kept_lines_ += count_lines(kept);
  if (seen_ < next_) return false;
  next_ = seen_ * 2;
  text_ = kept_;
  text_ += first_lines(lines.substr(kept.size()), kDetectLines - kept_lines_, kKeptBytes);
  return true;
}

}  // namespace wayside
