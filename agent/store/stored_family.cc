#include "agent/store/stored_family.h"

#include <algorithm>

#include "agent/core/labels.h"

namespace wayside {
namespace {

constexpr std::size_t kChunk = ChunkTable<Cell>::kChunk;
constexpr std::string_view kOther = "_other";
constexpr std::uint32_t kNone = UINT32_MAX;
constexpr auto kMostSeries =
    static_cast<std::uint32_t>(ChunkTable<Cell>::kMaxItems) - StoredFamily::kMaxOverflowSeries - 1;

struct AnySample final : SampleSink {
  void family(const FamilyDesc&) override {}
  void samples(std::span<const SampleView> samples) override { met = met || !samples.empty(); }
  bool met = false;
};

}  // namespace

StoredFamily::StoredFamily(FamilyDesc desc, CellLayout layout)
    : desc_(std::move(desc)), layout_(std::move(layout)), buckets_(layout_.bounds, layout_.native) {
  set_cap(desc_.max_series, desc_.overflow_keeps);
}

void StoredFamily::set_cap(std::uint32_t max_series, std::uint32_t overflow_keeps) {
  const std::lock_guard lock(mutex_);
  max_series_ = std::min(max_series, kMostSeries);
  overflow_keeps_ = overflow_keeps;
}

void StoredFamily::add_collector(std::string_view name) {
  const std::lock_guard lock(mutex_);
  if (std::ranges::find(collectors_, name) == collectors_.end()) collectors_.emplace_back(name);
}

void StoredFamily::add_collectors(const StoredFamily& other) {
  for (const std::string& name : other.collectors()) add_collector(name);
}

std::vector<std::string> StoredFamily::collectors() const {
  const std::lock_guard lock(mutex_);
  return collectors_;
}

bool StoredFamily::is_taken_by(const Selection& selection) const {
  if (selection.collectors.empty() && selection.targets.empty()) return true;
  return std::ranges::any_of(
      collectors(), [&selection](const std::string& name) { return selection.takes(name, {}); });
}

SeriesRef StoredFamily::series(std::uint32_t shard, std::span<const std::string_view> values,
                               WallTime now) {
  const std::string labels = render_labels(desc_.labels, values);
  const std::lock_guard lock(mutex_);
  auto found = index_.find(labels);
  bool overflow = false;
  if (!found && index_.size() - overflow_born_ >= max_series_) {
    overflow = true;
    overflowed_.fetch_add(1, std::memory_order_relaxed);
    found = overflow_series(values, now);
  }
  const std::uint32_t number = found ? *found : index_.insert(labels, now);
  return {cells_of(shard, number), overflow};
}

HistogramWriter StoredFamily::histogram(std::uint32_t shard) {
  const std::lock_guard lock(mutex_);
  auto& arena = arenas_[shard];
  if (arena == nullptr) arena = std::make_unique<CellArena>();
  return {buckets_, *arena};
}

std::uint32_t StoredFamily::overflow_series(std::span<const std::string_view> values,
                                            WallTime now) {
  const auto number = overflow_series(values, overflow_keeps_, kMaxOverflowSeries, now);
  return number != kNone ? number : overflow_series(values, 0, kNone, now);
}

// The overflow series that keeps the first labels, unless it would be one above the limit.
std::uint32_t StoredFamily::overflow_series(std::span<const std::string_view> values,
                                            std::size_t keeps, std::uint32_t limit, WallTime now) {
  std::vector<std::string_view> masked(values.begin(), values.end());
  for (std::size_t i = keeps; i < masked.size(); ++i) masked[i] = kOther;
  const std::string labels = render_labels(desc_.labels, masked);
  if (const auto found = index_.find(labels)) return *found;
  if (overflow_born_ >= limit) return kNone;
  ++overflow_born_;
  return index_.insert(labels, now);
}

Cell* StoredFamily::cells_of(std::uint32_t shard, std::uint32_t number) {
  CellTable* table = tables_[shard].load(std::memory_order_relaxed);
  if (table == nullptr) {
    table_memory_.push_back(std::make_unique<CellTable>(layout_.cells));
    table = table_memory_.back().get();
    tables_[shard].store(table, std::memory_order_release);
  }
  return table->make(number);
}

void StoredFamily::samples(const Selection& selection, SampleSink& sink) const {
  const std::size_t total = index_.size();
  const auto merge_with = [&](auto merge) {
    std::array<SampleView, kChunk> views;
    for (std::size_t first = 0; first < total; first += kChunk) {
      const std::size_t chunk = first / kChunk;
      const std::span<SampleView> block(views.data(), std::min(kChunk, total - first));
      describe(chunk, block);
      const auto texts = selection.proto_texts ? proto_texts_.describe(chunk, block) : nullptr;
      const std::size_t present = merge.merge(chunk_cells(chunk), block);
      if (present > 0) sink.samples(block.first(present));
    }
  };
  if (desc_.kind == Kind::histogram) {
    merge_with(HistogramMerge(desc_, buckets_, selection));
  } else {
    merge_with(SingleMerge(desc_.kind));
  }
}

bool StoredFamily::empty() const {
  if (!holds_numbers(desc_.kind)) return size() == 0;
  AnySample any;
  samples({}, any);
  return !any.met;
}

void StoredFamily::describe(std::size_t chunk, std::span<SampleView> views) const {
  const SeriesEntry* entries = index_.entries(chunk);
  for (std::size_t i = 0; i < views.size(); ++i) {
    views[i].labels = entries[i].labels();
    views[i].created = entries[i].created;
  }
}

ShardCells StoredFamily::chunk_cells(std::size_t chunk) const {
  ShardCells cells;
  for (const auto& slot : tables_) {
    const CellTable* table = slot.load(std::memory_order_acquire);
    const Cell* from = table == nullptr ? nullptr : table->find(chunk);
    if (from != nullptr) cells.add(from);
  }
  return cells;
}

}  // namespace wayside
