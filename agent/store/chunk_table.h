#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <vector>

namespace wayside {

// A table that grows by chunks of 64 items and never moves one, so that readers take no lock: a
// chunk is published with release and found with acquire. One thread at a time makes chunks; any
// thread finds them. An item is `stride` values of T in a row.
//
// Chunk pointers stand in levels of 1, 2, 4, … pointers, so that a table of three items and one
// of a million cost what they hold.
template <typename T>
class ChunkTable {
  static_assert(std::is_trivially_destructible_v<T>);

 public:
  static constexpr std::size_t kChunk = 64;
  static constexpr std::size_t kLevels = 20;
  static constexpr std::size_t kMaxItems = ((std::size_t{1} << kLevels) - 1) * kChunk;

  explicit ChunkTable(std::size_t stride) : stride_(stride) {}

  // The items from 64 * chunk on, or null where they were not made.
  [[nodiscard]] const T* find(std::size_t chunk) const {
    const Place place = place_of(chunk);
    const auto* level = levels_[place.level].load(std::memory_order_acquire);
    return level == nullptr ? nullptr : level[place.slot].load(std::memory_order_acquire);
  }

  // The item, made with its chunk where it was not. Items are under kMaxItems.
  T* make(std::size_t item) {
    const Place place = place_of(item / kChunk);
    auto* level = levels_[place.level].load(std::memory_order_relaxed);
    if (level == nullptr) {
      level_memory_.push_back(std::make_unique<Slot[]>(std::size_t{1} << place.level));
      level = level_memory_.back().get();
      levels_[place.level].store(level, std::memory_order_release);
    }
    T* chunk = level[place.slot].load(std::memory_order_relaxed);
    if (chunk == nullptr) {
      chunk = make_chunk();
      level[place.slot].store(chunk, std::memory_order_release);
    }
    return chunk + item % kChunk * stride_;
  }

 private:
  using Slot = std::atomic<T*>;
  struct Place {
    std::size_t level, slot;
  };
  // Chunks of two writers never share a cache line.
  static constexpr std::align_val_t kAlign{64};
  struct Release {
    void operator()(T* chunk) const { ::operator delete(chunk, kAlign); }
  };

  static Place place_of(std::size_t chunk) {
    const std::size_t first = std::bit_floor(chunk + 1);  // of the level, counted from 1
    return {static_cast<std::size_t>(std::countr_zero(first)), chunk + 1 - first};
  }

  T* make_chunk() {
    const std::size_t count = kChunk * stride_;
    chunk_memory_.emplace_back(static_cast<T*>(::operator new(count * sizeof(T), kAlign)));
    std::uninitialized_value_construct_n(chunk_memory_.back().get(), count);
    return chunk_memory_.back().get();
  }

  const std::size_t stride_;
  std::array<std::atomic<Slot*>, kLevels> levels_{};
  std::vector<std::unique_ptr<Slot[]>> level_memory_;
  std::vector<std::unique_ptr<T, Release>> chunk_memory_;
};

}  // namespace wayside
