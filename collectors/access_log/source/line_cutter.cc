#include "collectors/access_log/source/line_cutter.h"

#include <algorithm>
#include <cstring>

#include "collectors/access_log/source/whole_lines.h"

namespace wayside {

void LineCutter::take(std::size_t count, LineSink& sink) {
  const std::string_view all(bytes_.get(), held_ + count);
  auto lines = whole_lines(all);
  const auto rest = all.substr(lines.size());
  if (skipping_ && !lines.empty()) {
    lines.remove_prefix(lines.find('\n') + 1);
    sink.line_too_long();
    skipping_ = false;
  }
  hand_over(lines, sink);
  if (rest.size() > kMaxLineBytes) skipping_ = true;
  held_ = skipping_ ? 0 : rest.size();
  if (held_ > 0) std::memmove(bytes_.get(), rest.data(), held_);
}

void LineCutter::end(LineSink& sink) {
  if (held_ == 0 && !skipping_) return;
  bytes_[held_] = '\n';
  take(1, sink);
}

void LineCutter::go_on_with(std::string_view held) {
  held_ = std::min(held.size(), kMaxLineBytes);
  std::memcpy(bytes_.get(), held.data(), held_);
}

}  // namespace wayside
