#include "collectors/processes/counts.h"

#include <algorithm>

namespace wayside {

Counts Counts::advance(const Counts& now, bool whole) {
  Counts added;
  for (std::size_t i = 0; i < kCounts; ++i) {
    if (!now.values_[i]) continue;
    const std::uint64_t before = values_[i].value_or(whole ? 0 : *now.values_[i]);
    added.values_[i] = *now.values_[i] > before ? *now.values_[i] - before : 0;
    values_[i] = std::max(*now.values_[i], before);
  }
  return added;
}

void Counts::add(const Counts& more) {
  for (std::size_t i = 0; i < kCounts; ++i) {
    if (more.values_[i]) values_[i] = values_[i].value_or(0) + *more.values_[i];
  }
}

}  // namespace wayside
