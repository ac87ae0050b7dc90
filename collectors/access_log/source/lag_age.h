#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "agent/core/time.h"

namespace wayside {

// How long the oldest unread byte of a file has been known of, to about a tenth of the time it
// waits. A bounded number of marks tells when the file was seen to grow. One thread at a time.
class LagAge {
 public:
  // The file has `size` bytes now, of which the first `position` are read.
  void seen(std::uint64_t size, std::uint64_t position, SteadyTime now);
  // The file begins anew.
  void reset() { *this = {}; }

  // Zero where everything is read.
  [[nodiscard]] Micros age(SteadyTime now) const;

 private:
  static constexpr Micros kApart{10'000};  // growths closer to each other are one
  struct Mark {
    std::uint64_t from = 0;  // the bytes behind it came then
    SteadyTime at{};
  };
  void thin_out();

  std::array<Mark, 64> marks_{};
  std::size_t count_ = 0;
  std::uint64_t size_ = 0;
};

}  // namespace wayside
