#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/family.h"
#include "agent/core/sample.h"
#include "agent/store/buckets.h"
#include "agent/store/cells.h"
#include "agent/store/chunk_table.h"
#include "agent/store/histogram_writer.h"
#include "agent/store/merge.h"
#include "agent/store/proto_texts.h"
#include "agent/store/series_index.h"

namespace wayside {

// One family of the store: who its series are, shared by all shards, and their cells by shard.
// `series` takes a lock; `visit` takes none and may run beside writers. Thread-safe.
class StoredFamily {
 public:
  static constexpr std::uint32_t kMaxShards = ShardCells::kMaxShards;
  // Overflow series that keep labels of their own; past these everything is `_other`.
  static constexpr std::uint32_t kMaxOverflowSeries = 256;

  StoredFamily(FamilyDesc desc, CellLayout layout);

  [[nodiscard]] const FamilyDesc& desc() const { return desc_; }
  [[nodiscard]] const CellLayout& layout() const { return layout_; }
  [[nodiscard]] std::uint32_t size() const { return index_.size(); }
  // No sample is there: a gauge that nobody set has none.
  [[nodiscard]] bool empty() const;
  // Calls that were given an overflow series.
  [[nodiscard]] std::uint64_t overflowed() const {
    return overflowed_.load(std::memory_order_relaxed);
  }

  // Who declared the family.
  void add_collector(std::string_view name);
  void add_collectors(const StoredFamily& other);
  [[nodiscard]] std::vector<std::string> collectors() const;
  [[nodiscard]] bool is_taken_by(const Selection& selection) const;

  // Series that were born stay, also above a lower cap.
  void set_cap(std::uint32_t max_series, std::uint32_t overflow_keeps);
  SeriesRef series(std::uint32_t shard, std::span<const std::string_view> values, WallTime now);

  // How a shard's writer observes in it. Of histogram families alone: the series of others have no
  // cells for it.
  HistogramWriter histogram(std::uint32_t shard);

  // The samples of all series, in blocks, merged over the shards: counts, sums and gauges add up.
  void samples(const Selection& selection, SampleSink& sink) const;

 private:
  using CellTable = ChunkTable<Cell>;

  std::uint32_t overflow_series(std::span<const std::string_view> values, WallTime now);
  std::uint32_t overflow_series(std::span<const std::string_view> values, std::size_t keeps,
                                std::uint32_t limit, WallTime now);
  Cell* cells_of(std::uint32_t shard, std::uint32_t number);
  void describe(std::size_t chunk, std::span<SampleView> views) const;
  [[nodiscard]] ShardCells chunk_cells(std::size_t chunk) const;

  const FamilyDesc desc_;
  const CellLayout layout_;
  mutable std::mutex mutex_;  // births, and what follows
  std::vector<std::string> collectors_;
  std::uint32_t max_series_;
  std::uint32_t overflow_keeps_;
  std::uint32_t overflow_born_ = 0;  // overflow series among the series
  std::vector<std::unique_ptr<CellTable>> table_memory_;
  std::array<std::unique_ptr<CellArena>, kMaxShards> arenas_;  // of histograms

  const Buckets buckets_;  // of histograms

  SeriesIndex index_;
  mutable ProtoTexts proto_texts_{desc_.kind};
  std::atomic<std::uint64_t> overflowed_{0};
  std::array<std::atomic<CellTable*>, kMaxShards> tables_{};
};

}  // namespace wayside
