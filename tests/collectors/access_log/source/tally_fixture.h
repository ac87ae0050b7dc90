#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "collectors/access_log/source/line_sink.h"

namespace wayside {

// How often each of many numbered lines ("17 and anything") came. The counts are to be read when
// nobody writes any more; the totals are thread-safe.
class Tally {
 public:
  explicit Tally(std::size_t lines) : counts_(lines) {}
  std::unique_ptr<LineSink> sink();

  [[nodiscard]] std::size_t lines() const { return lines_; }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  [[nodiscard]] std::size_t strange() const { return strange_; }  // no numbered line
  [[nodiscard]] std::size_t count(std::size_t line) const { return counts_[line]; }

 private:
  friend class TallySink;
  std::vector<std::uint8_t> counts_;
  std::atomic<std::size_t> lines_{0};
  std::atomic<std::uint64_t> bytes_{0};
  std::atomic<std::size_t> strange_{0};
};

}  // namespace wayside
