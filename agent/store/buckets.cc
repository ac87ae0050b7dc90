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
  narrow_.fill(kNever);
  std::copy_n(bounds_micros.begin(), size_, bounds_.begin());
  wide_ = size_ > 0 && bounds_[size_ - 1] >= static_cast<std::uint64_t>(kNever);
  if (wide_) return;
  for (std::size_t i = 0; i < size_; ++i) narrow_[i] = static_cast<std::int32_t>(bounds_[i]);
}

std::size_t Buckets::wide_index_of(std::uint64_t micros) const {
  const auto* end = bounds_.data() + size_;
  return static_cast<std::size_t>(std::lower_bound(bounds_.data(), end, micros) - bounds_.data());
}

std::int32_t Buckets::rest_index_of(std::int32_t value) const {
  std::int32_t below = 0;
  for (std::size_t i = kFirst; i < narrow_.size(); ++i) below += narrow_[i] < value ? 1 : 0;
  return below;
}

}  // namespace wayside
