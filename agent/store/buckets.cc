#include "agent/store/buckets.h"

#include <cmath>

namespace wayside {
namespace {

constexpr double kPerSecond = 1e6;
constexpr int kPerOctave = 1 << Buckets::kSchema;
// From the bucket of a microsecond to the last one that ends before 2^45 of them.
constexpr int kFirstNative = -159;
constexpr int kLastNative = 200;

// The last microsecond of a native bucket. Bounds between whole microseconds are irrational, so
// rounding down never meets one.
std::uint64_t native_bound(int index) {
  const auto seconds = std::exp2(static_cast<long double>(index) / kPerOctave);
  return static_cast<std::uint64_t>(std::floor(seconds * static_cast<long double>(kPerSecond)));
}

}  // namespace

std::vector<std::uint64_t> bounds_in_micros(std::span<const double> bounds) {
  std::vector<std::uint64_t> micros;
  micros.reserve(bounds.size());
  for (const double bound : bounds) {
    const double rounded = std::round(bound * kPerSecond);
    const bool fits = rounded >= 0 && rounded < 0x1p63;
    micros.push_back(fits ? static_cast<std::uint64_t>(rounded) : 0);
  }
  return micros;
}

Buckets::Buckets(std::span<const std::uint64_t> bounds_micros, bool native)
    : bounds_(bounds_micros.begin(),
              bounds_micros.begin() +
                  static_cast<std::ptrdiff_t>(std::min(bounds_micros.size(), kMaxBounds))),
      native_(native) {
  cut(native);
  name_cells();
  index();
}

void Buckets::cut(bool native) {
  upper_ = bounds_;
  if (native) {
    upper_.push_back(0);
    for (int i = kFirstNative; i <= kLastNative; ++i) upper_.push_back(native_bound(i));
  }
  std::ranges::sort(upper_);
  upper_.erase(std::unique(upper_.begin(), upper_.end()), upper_.end());
  if (upper_.empty() || upper_.back() != UINT64_MAX) upper_.push_back(UINT64_MAX);
}

void Buckets::name_cells() {
  int index = kFirstNative;
  for (const std::uint64_t upper : upper_) {
    const auto bound = std::ranges::lower_bound(bounds_, upper);
    bucket_.push_back(static_cast<std::uint8_t>(bound - bounds_.begin()));
    while (native_ && index <= kLastNative && native_bound(index) < upper) ++index;
    native_index_.push_back(static_cast<std::int16_t>(native_ && upper == 0 ? kZero : index));
  }
}

void Buckets::index() {
  for (std::size_t key = 0; key < kKeys; ++key) {
    const auto at = [](std::size_t of) {
      const auto value = std::bit_cast<double>((kOrigin + of) << kShift);
      return static_cast<std::uint64_t>(std::ceil(value)) - 1;
    };
    const std::uint64_t low = at(key);
    const std::uint64_t next = at(key + 1);
    const std::size_t first = search(low);
    // A key of small numbers may hold no whole one; the last one has all that lies above it.
    const std::size_t last = key + 1 == kKeys ? cells() - 1 : search(std::max(next, low + 1) - 1);
    first_[key] = static_cast<std::uint16_t>(first);
    steps_ = std::max(steps_, static_cast<std::uint32_t>(last - first));
  }
}

std::size_t Buckets::search(std::uint64_t micros) const {
  return static_cast<std::size_t>(std::ranges::lower_bound(upper_, micros) - upper_.begin());
}

}  // namespace wayside
