#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "agent/core/time.h"
#include "agent/store/cells.h"

namespace wayside {

// Bounds in seconds as whole microseconds, rounded to the nearest.
std::vector<std::uint64_t> bounds_in_micros(std::span<const double> bounds);

// Bucket bounds of a histogram family, laid out for finding a bucket fast. Values are in
// microseconds; a value equal to a bound falls into that bound's bucket. Immutable.
class Buckets {
 public:
  static constexpr std::size_t kMaxBounds = 62;

  // Ascending; bounds past kMaxBounds are left out.
  explicit Buckets(std::span<const std::uint64_t> bounds_micros);

  // A search of four steps, six above kFew bounds, none of which branches on the value: durations
  // are not to be guessed.
  [[nodiscard]] std::size_t index_of(std::uint64_t micros) const {
    std::size_t at = 0;
    if (size_ > kFew) {
      at += 32 * std::size_t{bounds_[31] < micros};
      at += 16 * std::size_t{bounds_[at + 15] < micros};
    }
    at += 8 * std::size_t{bounds_[at + 7] < micros};
    at += 4 * std::size_t{bounds_[at + 3] < micros};
    at += 2 * std::size_t{bounds_[at + 1] < micros};
    return at + std::size_t{bounds_[at] < micros};
  }
  [[nodiscard]] std::size_t size() const { return size_; }  // bounds, without +Inf
  [[nodiscard]] std::uint64_t bound(std::size_t i) const { return bounds_[i]; }

  void observe(SeriesRef series, Micros value) const {
    const auto micros = static_cast<std::uint64_t>(value.count() < 0 ? 0 : value.count());
    series.cells[index_of(micros)].add(1);
    series.cells[size_ + 1].add(micros);
  }

 private:
  static constexpr std::size_t kFew = 15;

  alignas(64) std::array<std::uint64_t, 64> bounds_;  // past the last one what no value exceeds
  std::size_t size_ = 0;
};

}  // namespace wayside
