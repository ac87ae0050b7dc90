#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "agent/core/family.h"
#include "agent/core/sample.h"
#include "agent/store/buckets.h"
#include "agent/store/cells.h"
#include "agent/store/chunk_table.h"
#include "agent/store/exemplar_slot.h"
#include "agent/store/histogram_writer.h"

namespace wayside {

// Whether a family's cells hold numbers, and not counts.
inline bool holds_numbers(Kind kind) {
  return kind == Kind::gauge || kind == Kind::unknown;
}

// The cells of one chunk of series in every shard that has some; those of a series follow those
// of the series before.
class ShardCells {
 public:
  static constexpr std::size_t kMaxShards = 64;

  void add(const Cell* cells) { all_[size_++] = cells; }
  [[nodiscard]] std::span<const Cell* const> all() const { return {all_.data(), size_}; }

 private:
  std::array<const Cell*, kMaxShards> all_{};
  std::size_t size_ = 0;
};

// Adds up the values of up to 64 series over the shards while they are written.
class SingleMerge {
 public:
  explicit SingleMerge(Kind kind);
  // Sets the values of the views. How many are present, which then stand in front: a gauge that no
  // shard has set is left out.
  std::size_t merge(const ShardCells& cells, std::span<SampleView> views);

 private:
  [[nodiscard]] std::size_t keep_numbers(std::span<SampleView> views) const;

  Kind kind_;
  std::array<std::uint64_t, ChunkTable<Cell>::kChunk> merged_{};
};

// The same of histograms. The views refer to what the merge holds, until the next one.
class HistogramMerge {
 public:
  // Above so many native buckets a histogram is shown in a coarser schema.
  static constexpr std::size_t kMaxNative = 160;

  // All three outlive the merge.
  HistogramMerge(const FamilyDesc& desc, const Buckets& buckets, const Selection& selection);
  std::size_t merge(const ShardCells& cells, std::span<SampleView> views);

 private:
  // Where in the lists below a series' parts are: the lists move while they grow.
  struct Places {
    std::size_t native = 0, natives = 0, exemplar = 0, exemplars = 0;
    std::int32_t schema = Buckets::kSchema;
    std::uint64_t zeros = 0;
    std::uint64_t sum = 0;
  };

  Places add_up(const ShardCells& cells, std::size_t series, std::span<std::uint64_t> counts);
  void add_shard(const Cell* series);
  void add_counts(std::size_t page, const Cell* counts);
  void add_page(std::size_t page, std::span<std::uint64_t> counts, Places& places);
  void add_natives(std::size_t page, Places& places);
  void add_native(std::size_t cell, std::uint64_t count, Places& places);
  void reduce(Places& places);
  void add_exemplars(const ShardCells& cells, std::size_t series, Places& places);
  [[nodiscard]] HistogramView view(const Places& places, std::size_t series) const;

  const FamilyDesc& desc_;
  const Buckets& buckets_;
  const Selection& selection_;
  // Of the series at hand, over all shards: its pages, and which of them it has.
  std::array<std::array<std::uint64_t, HistogramCells::kPage>, HistogramCells::kMaxPages> pages_;
  std::uint32_t met_ = 0;
  std::vector<std::uint64_t> counts_;  // by classic bucket; of the first series, then the next
  std::vector<NativeBucket> native_;
  std::vector<KeptExemplar> newest_;  // of the series at hand
  std::vector<KeptExemplar> kept_;
  std::vector<ExemplarView> exemplars_;
};

}  // namespace wayside
