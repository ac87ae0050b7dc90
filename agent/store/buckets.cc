#include "agent/store/buckets.h"

#include <algorithm>
#include <cmath>

namespace wayside {

std::vector<std::uint64_t> bounds_in_micros(std::span<const double> bounds) {
  std::vector<std::uint64_t> micros;
  micros.reserve(bounds.size());
  for (const double bound : bounds) {
    const double rounded = std::round(bound * 1e6);
    const bool fits = rounded >= 0 && rounded < 0x1p63;
    micros.push_back(fits ? static_cast<std::uint64_t>(rounded) : 0);
  }
  return micros;
}

Buckets::Buckets(std::span<const std::uint64_t> bounds_micros)
    : size_(std::min(bounds_micros.size(), kMaxBounds)) {
  bounds_.fill(UINT64_MAX);
  std::copy_n(bounds_micros.begin(), size_, bounds_.begin());
}

}  // namespace wayside
