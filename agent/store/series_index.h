#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "agent/core/time.h"
#include "agent/store/chunk_table.h"

namespace wayside {

// What a series is called and when it was born.
struct SeriesEntry {
  const char* text = nullptr;  // rendered labels
  std::uint32_t size = 0;
  WallTime created = kNoTime;

  [[nodiscard]] std::string_view labels() const { return {text, size}; }
};

// The series of one family, numbered from 0 in the order of their birth and found by their
// rendered labels: two values that are mended or cut into the same text are one series. One
// thread at a time calls find and insert; size and entries are for any thread.
class SeriesIndex {
 public:
  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view labels) const;
  std::uint32_t insert(std::string_view labels, WallTime created);  // of labels not yet there

  // Series under this number are complete.
  [[nodiscard]] std::uint32_t size() const { return size_.load(std::memory_order_acquire); }
  // The 64 entries of a chunk, of which size() says how many are there.
  [[nodiscard]] const SeriesEntry* entries(std::size_t chunk) const { return entries_.find(chunk); }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t number = 0;  // of the series, plus one; 0: free
  };

  [[nodiscard]] const SeriesEntry& entry(std::uint32_t number) const;
  [[nodiscard]] std::size_t slot_of(std::uint32_t hash, std::string_view labels) const;
  const char* keep(std::string_view labels);
  void grow();

  ChunkTable<SeriesEntry> entries_{1};
  std::atomic<std::uint32_t> size_{0};
  std::vector<Slot> slots_;  // open addressing; a power of two, at most three quarters full
  std::vector<std::unique_ptr<char[]>> texts_;
  std::size_t block_ = 512;  // size of the last block of texts
  std::size_t used_ = 512;
};

}  // namespace wayside
