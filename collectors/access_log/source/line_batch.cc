#include "collectors/access_log/source/line_batch.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace wayside {

void LineBatch::add(LineSink& sink, std::string_view message) {
  while (message.ends_with('\n') || message.ends_with('\0')) message.remove_suffix(1);
  if (sink_ != &sink || kRoom - used_ <= message.size()) flush();
  sink_ = &sink;
  if (message.size() > kMaxLineBytes) {
    flush();
    sink.line_too_long();
    return;
  }
  if (message.empty()) return;
  char* const line = room_.get() + used_;
  std::memcpy(line, message.data(), message.size());
  std::replace(line, line + message.size(), '\n', ' ');
  line[message.size()] = '\n';
  used_ += message.size() + 1;
}

void LineBatch::flush() {
  if (used_ == 0) return;
  sink_->lines({room_.get(), std::exchange(used_, 0)});
}

}  // namespace wayside
