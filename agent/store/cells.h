#pragma once

#include <atomic>
#include <bit>
#include <cstdint>
#include <memory>
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

  // What was written before `publish` is seen by whoever sees its value with `acquire`.
  void publish(std::uint64_t to) { value_.store(to, std::memory_order_release); }
  [[nodiscard]] std::uint64_t acquire() const { return value_.load(std::memory_order_acquire); }

  // A cell may hold the address of further cells.
  void point_to(Cell* cells) { publish(reinterpret_cast<std::uintptr_t>(cells)); }
  [[nodiscard]] Cell* pointee() const { return reinterpret_cast<Cell*>(acquire()); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

// How many cells a series of a family has and what they mean. A counter has one; a gauge, and a
// family of unknown kind, one that holds the bits of a double; for histograms see
// histogram_writer.h. A gauge's cell that is zero, as it is born, holds no number.
struct CellLayout {
  std::uint32_t cells = 1;
  std::vector<std::uint64_t> bounds;  // of histograms: upper bounds, in microseconds
  bool native = false;                // of histograms: native buckets are kept as well

  friend bool operator==(const CellLayout&, const CellLayout&) = default;
};

// What a gauge's cell holds for a number, and back. The bits are turned by those of a NaN that no
// arithmetic yields, so that every number differs from none.
inline constexpr std::uint64_t kNoNumber = 0x7ff8'6e6f'6e75'6d62;
inline std::uint64_t cell_of(double number) {
  return std::bit_cast<std::uint64_t>(number) ^ kNoNumber;
}
inline double number_in(std::uint64_t cell) {
  return std::bit_cast<double>(cell ^ kNoNumber);
}

// A series as its writer knows it: the first of its cells. Stays valid as long as the store and
// the family's layout. Trivially copyable; a default one refers to nothing.
struct SeriesRef {
  Cell* cells = nullptr;
  bool overflow = false;  // the family was full: this is its overflow series

  explicit operator bool() const { return cells != nullptr; }
};

// Cells that are never moved and never given back before the whole is: those that a family's
// series need one by one. One thread.
class CellArena {
 public:
  // `count` zeros in a row, on cache lines of their own where it is a multiple of eight.
  Cell* take(std::size_t count);

 private:
  struct Release {
    void operator()(Cell* cells) const;
  };
  std::vector<std::unique_ptr<Cell, Release>> blocks_;
  std::size_t block_ = 0;  // cells of the last block
  std::size_t used_ = 0;
};

}  // namespace wayside
