#include "collectors/access_log/source/lag_age.h"

#include <algorithm>

namespace wayside {

void LagAge::seen(std::uint64_t size, std::uint64_t position, SteadyTime now) {
  if (size > size_) {
    const std::uint64_t from = std::max(size_, count_ == 0 ? position : size_);
    const bool apart = count_ == 0 || now - marks_[count_ - 1].at >= kApart;
    if (apart && from < size) {
      if (count_ == marks_.size()) thin_out();
      marks_[count_++] = {.from = from, .at = now};
    }
  }
  size_ = size;
  if (position >= size) {
    count_ = 0;
    return;
  }
  std::size_t read = 0;
  while (read + 1 < count_ && marks_[read + 1].from <= position) ++read;
  if (read == 0) return;
  std::copy(marks_.begin() + static_cast<std::ptrdiff_t>(read),
            marks_.begin() + static_cast<std::ptrdiff_t>(count_), marks_.begin());
  count_ -= read;
}

// Every second mark but the first goes: bytes count as older then, never as younger.
void LagAge::thin_out() {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < count_; i += 2) marks_[kept++] = marks_[i];
  count_ = kept;
}

Micros LagAge::age(SteadyTime now) const {
  if (count_ == 0) return Micros{0};
  return std::max(Micros{0}, std::chrono::duration_cast<Micros>(now - marks_.front().at));
}

}  // namespace wayside
