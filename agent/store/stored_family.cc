#include "agent/store/stored_family.h"

#include <algorithm>
#include <bit>

#include "agent/core/labels.h"

namespace wayside {
namespace {

constexpr std::size_t kChunk = ChunkTable<Cell>::kChunk;
constexpr std::string_view kOther = "_other";
constexpr std::uint32_t kNone = UINT32_MAX;
constexpr auto kMostSeries =
    static_cast<std::uint32_t>(ChunkTable<Cell>::kMaxItems) - StoredFamily::kMaxOverflowSeries - 1;

bool holds_double(Kind kind) {
  return kind == Kind::gauge || kind == Kind::unknown;
}

std::uint64_t add_doubles(std::uint64_t a, std::uint64_t b) {
  return std::bit_cast<std::uint64_t>(std::bit_cast<double>(a) + std::bit_cast<double>(b));
}

}  // namespace

// What one step of a visit works on: 64 series.
struct StoredFamily::Block {
  explicit Block(std::size_t cells) : merged(kChunk * cells) {}
  std::array<SampleView, kChunk> views;
  std::vector<std::uint64_t> merged;  // the cells of the first series, then of the next
};

StoredFamily::StoredFamily(FamilyDesc desc, CellLayout layout)
    : desc_(std::move(desc)), layout_(std::move(layout)) {
  set_cap(desc_.max_series, desc_.overflow_keeps);
}

void StoredFamily::set_cap(std::uint32_t max_series, std::uint32_t overflow_keeps) {
  const std::lock_guard lock(mutex_);
  max_series_ = std::min(max_series, kMostSeries);
  overflow_keeps_ = overflow_keeps;
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

void StoredFamily::samples(SampleSink& sink) const {
  const std::size_t total = index_.size();
  if (total == 0) return;
  Block block(layout_.cells);
  for (std::size_t first = 0; first < total; first += kChunk) {
    const std::size_t count = std::min(kChunk, total - first);
    merge(first / kChunk, count, block);
    describe(first / kChunk, count, block);
    sink.samples({block.views.data(), count});
  }
}

void StoredFamily::merge(std::size_t chunk, std::size_t count, Block& block) const {
  const std::size_t cells = count * layout_.cells;
  const bool doubles = holds_double(desc_.kind);
  std::fill_n(block.merged.begin(), cells, 0);
  for (const auto& slot : tables_) {
    const CellTable* table = slot.load(std::memory_order_acquire);
    const Cell* from = table == nullptr ? nullptr : table->find(chunk);
    if (from == nullptr) continue;
    for (std::size_t i = 0; i < cells; ++i) {
      auto& sum = block.merged[i];
      sum = doubles ? add_doubles(sum, from[i].get()) : sum + from[i].get();
    }
  }
}

void StoredFamily::describe(std::size_t chunk, std::size_t count, Block& block) const {
  const SeriesEntry* entries = index_.entries(chunk);
  const std::span<const std::uint64_t> merged = block.merged;
  for (std::size_t i = 0; i < count; ++i) {
    block.views[i] = {.labels = entries[i].labels(),
                      .created = entries[i].created,
                      .value = value_of(merged.subspan(i * layout_.cells, layout_.cells))};
  }
}

Value StoredFamily::value_of(std::span<const std::uint64_t> cells) const {
  if (desc_.kind == Kind::counter) return Value::of(cells[0]);
  if (holds_double(desc_.kind)) return Value::of(std::bit_cast<double>(cells[0]));
  const std::size_t buckets = cells.size() - 1;
  return Value::of(HistogramView{.bounds = desc_.bounds,
                                 .counts = cells.first(buckets),
                                 .sum = static_cast<double>(cells[buckets]) / 1e6});
}

}  // namespace wayside
