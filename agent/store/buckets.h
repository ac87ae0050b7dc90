#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace wayside {

// Bounds in seconds as whole microseconds, rounded to the nearest.
std::vector<std::uint64_t> bounds_in_micros(std::span<const double> bounds);

// How a histogram family divides the durations, in microseconds. Classic buckets are what its
// bounds say; a native bucket `i` of schema 3 holds (2^((i-1)/8), 2^(i/8)] seconds, which grows by
// a factor of 1.09, and zero has a bucket of its own. *Cells* are the pieces that the bounds of
// both cut, so that one count serves both and each is exact: a cell lies in one classic and in
// one native bucket. A value equal to a bound falls into that bound's bucket. Immutable.
//
// Native histograms: https://prometheus.io/docs/specs/native_histograms/
class Buckets {
 public:
  static constexpr std::size_t kMaxBounds = 62;
  static constexpr std::int32_t kSchema = 3;
  static constexpr std::int32_t kZero = INT16_MIN;  // native_of the cell that holds zero alone

  // Ascending; bounds past kMaxBounds are left out. Without `native` the cells are the classic
  // buckets, and native_of tells nothing.
  explicit Buckets(std::span<const std::uint64_t> bounds_micros, bool native = false);

  // No branch depends on the value: durations are not to be guessed.
  [[nodiscard]] std::size_t cell_of(std::uint64_t micros) const {
    const auto key = static_cast<double>(static_cast<std::int64_t>(std::min(micros, kTop) + 1));
    std::size_t cell = first_[(std::bit_cast<std::uint64_t>(key) >> kShift) - kOrigin];
    for (std::uint32_t step = 0; step < steps_; ++step) {
      cell += std::size_t{upper_[cell] < micros};
    }
    return cell;
  }
  [[nodiscard]] std::size_t cells() const { return upper_.size(); }
  [[nodiscard]] bool native() const { return native_; }
  [[nodiscard]] std::size_t bucket_of(std::size_t cell) const { return bucket_[cell]; }
  [[nodiscard]] std::int32_t native_of(std::size_t cell) const { return native_index_[cell]; }

  [[nodiscard]] std::size_t index_of(std::uint64_t micros) const {
    return bucket_of(cell_of(micros));
  }
  [[nodiscard]] std::size_t size() const { return bounds_.size(); }  // bounds, without +Inf
  [[nodiscard]] std::uint64_t bound(std::size_t i) const { return bounds_[i]; }

 private:
  // A duration of one microsecond more is looked up by its exponent and four bits of its
  // fraction: that finds the cell but for one bound or two.
  static constexpr int kShift = 48;
  static constexpr std::uint64_t kOrigin = std::bit_cast<std::uint64_t>(1.0) >> kShift;
  static constexpr std::uint64_t kTop = (std::uint64_t{1} << 45) - 2;  // above a year
  static constexpr std::size_t kKeys = 45 * 16;

  void cut(bool native);
  void name_cells();
  void index();
  [[nodiscard]] std::size_t search(std::uint64_t micros) const;

  std::vector<std::uint64_t> bounds_;
  std::vector<std::uint64_t> upper_;  // the last microsecond of each cell; the last has no end
  std::vector<std::uint8_t> bucket_;
  std::vector<std::int16_t> native_index_;
  std::array<std::uint16_t, kKeys> first_{};  // the first cell that a key can mean
  std::uint32_t steps_ = 0;                   // the most cells a key can mean, less one
  bool native_ = false;
};

}  // namespace wayside
