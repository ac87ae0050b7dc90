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

  [[nodiscard]] std::size_t index_of(std::uint64_t micros) const {
    if (wide_) return wide_index_of(micros);
    const auto value = static_cast<std::int32_t>(micros < kNever ? micros : kNever);
    // Most families have at most 15 bounds: a trip count the compiler knows is unrolled into
    // four vector compares.
    std::int32_t below = 0;
    for (std::size_t i = 0; i < kFirst; ++i) below += narrow_[i] < value ? 1 : 0;
    if (size_ > kFirst) below += rest_index_of(value);
    return static_cast<std::size_t>(below);
  }
  [[nodiscard]] std::size_t size() const { return size_; }  // bounds, without +Inf
  [[nodiscard]] std::uint64_t bound(std::size_t i) const { return bounds_[i]; }

  void observe(SeriesRef series, Micros value) const {
    const auto micros = static_cast<std::uint64_t>(value.count() < 0 ? 0 : value.count());
    series.cells[index_of(micros)].add(1);
    series.cells[size_ + 1].add(micros);
  }

 private:
  static constexpr std::size_t kFirst = 16;
  static constexpr std::int32_t kNever = INT32_MAX;  // no value is above it

  [[nodiscard]] std::size_t wide_index_of(std::uint64_t micros) const;
  [[nodiscard]] std::int32_t rest_index_of(std::int32_t value) const;

  // Baseline x86-64 compares no 64-bit integers in vectors. Bounds under 2,147 s fit 32 bits, and
  // a value cut to 32 bits is still above them all.
  alignas(64) std::array<std::int32_t, kMaxBounds + 2> narrow_;
  std::array<std::uint64_t, kMaxBounds> bounds_{};
  std::size_t size_ = 0;
  bool wide_ = false;  // a bound does not fit 32 bits
};

}  // namespace wayside
