#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

namespace wayside {

// A number that one thread writes and any thread reads. Adding is a load and a store, no
// read-modify-write.
class Cell {
 public:
  void add(std::uint64_t by) {
    value_.store(value_.load(std::memory_order_relaxed) + by, std::memory_order_relaxed);
  }
  void set(std::uint64_t to) { value_.store(to, std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t get() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

// How many cells a series of a family has and what they mean. A counter has one; a gauge, and a
// family of unknown kind, one that holds the bits of a double; a histogram a count per bucket,
// +Inf last, then the sum in millionths of its unit: in microseconds.
struct CellLayout {
  std::uint32_t cells = 1;
  std::vector<std::uint64_t> bounds;  // of histograms: upper bounds, in microseconds

  friend bool operator==(const CellLayout&, const CellLayout&) = default;
};

// A series as its writer knows it: the first of its cells. Stays valid as long as the store and
// the family's layout. Trivially copyable; a default one refers to nothing.
struct SeriesRef {
  Cell* cells = nullptr;
  bool overflow = false;  // the family was full: this is its overflow series

  explicit operator bool() const { return cells != nullptr; }
};

}  // namespace wayside
