#include "agent/store/merge.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace wayside {
namespace {

constexpr std::size_t kPage = HistogramCells::kPage;

// Of cells that hold numbers.
std::uint64_t add_numbers(std::uint64_t a, std::uint64_t b) {
  if (a == 0 || b == 0) return a | b;
  return cell_of(number_in(a) + number_in(b));
}

// Keeps the newest of each bucket.
void keep_newest(std::vector<KeptExemplar>& kept, const KeptExemplar& exemplar) {
  const auto same = std::ranges::find(kept, exemplar.bucket, &KeptExemplar::bucket);
  if (same == kept.end()) {
    kept.push_back(exemplar);
  } else if (same->at < exemplar.at) {
    *same = exemplar;
  }
}

}  // namespace

SingleMerge::SingleMerge(Kind kind) : kind_(kind) {}

std::size_t SingleMerge::merge(const ShardCells& cells, std::span<SampleView> views) {
  const bool numbers = holds_numbers(kind_);
  merged_.fill(0);
  for (const Cell* shard : cells.all()) {
    for (std::size_t i = 0; i < views.size(); ++i) {
      auto& sum = merged_[i];
      sum = numbers ? add_numbers(sum, shard[i].get()) : sum + shard[i].get();
    }
  }
  if (numbers) return keep_numbers(views);
  for (std::size_t i = 0; i < views.size(); ++i) views[i].value = Value::of(merged_[i]);
  return views.size();
}

std::size_t SingleMerge::keep_numbers(std::span<SampleView> views) const {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < views.size(); ++i) {
    if (merged_[i] == 0) continue;
    views[kept] = views[i];
    views[kept++].value = Value::of(number_in(merged_[i]));
  }
  return kept;
}

HistogramMerge::HistogramMerge(const FamilyDesc& desc, const Buckets& buckets,
                               const Selection& selection)
    : desc_(desc),
      buckets_(buckets),
      selection_(selection),
      counts_(ChunkTable<Cell>::kChunk * (buckets.size() + 1)) {}

std::size_t HistogramMerge::merge(const ShardCells& cells, std::span<SampleView> views) {
  native_.clear();
  kept_.clear();
  exemplars_.clear();
  std::ranges::fill(counts_, 0);
  std::array<Places, ChunkTable<Cell>::kChunk> places;
  const std::size_t buckets = buckets_.size() + 1;
  for (std::size_t i = 0; i < views.size(); ++i) {
    places[i] = add_up(cells, i, std::span(counts_).subspan(i * buckets, buckets));
  }
  for (std::size_t i = 0; i < exemplars_.size(); ++i) {
    exemplars_[i].labels = {kept_[i].text.data(), kept_[i].size};
  }
  for (std::size_t i = 0; i < views.size(); ++i) views[i].value = Value::of(view(places[i], i));
  return views.size();
}

HistogramMerge::Places HistogramMerge::add_up(const ShardCells& cells, std::size_t series,
                                              std::span<std::uint64_t> counts) {
  Places places{.native = native_.size(), .exemplar = exemplars_.size()};
  const std::size_t offset = series * HistogramCells::kCells;
  met_ = 0;
  for (const Cell* shard : cells.all()) {
    places.sum += shard[offset + HistogramCells::kSum].get();
    add_shard(shard + offset);
  }
  // In the order of the durations.
  for (std::uint32_t rest = met_; rest != 0; rest &= rest - 1) {
    add_page(static_cast<std::size_t>(std::countr_zero(rest)), counts, places);
  }
  places.natives = native_.size() - places.native;
  if (places.natives > kMaxNative) reduce(places);
  if (selection_.exemplars) add_exemplars(cells, series, places);
  return places;
}

void HistogramMerge::add_shard(const Cell* series) {
  std::uint64_t numbers = series[HistogramCells::kNumbers].acquire();
  for (std::size_t near = HistogramCells::kNear; numbers != 0; ++near, numbers >>= 8) {
    add_counts((numbers & 0xFF) - 1, series[near].pointee());
  }
  const Cell* table = series[HistogramCells::kFar].pointee();
  if (table == nullptr) return;
  for (std::size_t page = 0; page < HistogramCells::pages(buckets_.cells()); ++page) {
    if (const Cell* counts = table[page].pointee()) add_counts(page, counts);
  }
}

void HistogramMerge::add_counts(std::size_t page, const Cell* counts) {
  const bool first = (met_ >> page & 1) == 0;
  met_ |= std::uint32_t{1} << page;
  auto& sums = pages_[page];
  for (std::size_t i = 0; i < kPage; ++i) {
    sums[i] = first ? counts[i].get() : sums[i] + counts[i].get();
  }
}

void HistogramMerge::add_page(std::size_t page, std::span<std::uint64_t> counts, Places& places) {
  const std::size_t first = page * kPage;
  const std::size_t end = std::min(first + kPage, buckets_.cells());
  // Where a bucket ends is the same for every series, and so guessed well: what it counts is not.
  std::size_t bucket = buckets_.bucket_of(first);
  std::uint64_t count = 0;
  for (std::size_t cell = first; cell < end; ++cell) {
    if (buckets_.bucket_of(cell) != bucket) {
      counts[bucket] += std::exchange(count, 0);
      bucket = buckets_.bucket_of(cell);
    }
    count += pages_[page][cell - first];
  }
  counts[bucket] += count;
  if (selection_.native && buckets_.native()) add_natives(page, places);
}

// Which cells count anything is gathered without a branch: it is not to be guessed.
void HistogramMerge::add_natives(std::size_t page, Places& places) {
  const auto& in_cells = pages_[page];
  std::uint32_t rest = 0;
  for (std::size_t i = 0; i < kPage; ++i) rest |= std::uint32_t{in_cells[i] != 0} << i;
  for (; rest != 0; rest &= rest - 1) {
    const auto i = static_cast<std::size_t>(std::countr_zero(rest));
    add_native(page * kPage + i, in_cells[i], places);
  }
}

void HistogramMerge::add_native(std::size_t cell, std::uint64_t count, Places& places) {
  const std::int32_t index = buckets_.native_of(cell);
  if (index == Buckets::kZero) {
    places.zeros += count;
  } else if (native_.size() > places.native && native_.back().index == index) {
    native_.back().count += count;
  } else {
    native_.push_back({index, count});
  }
}

// Two buckets of a schema are one of the schema below.
void HistogramMerge::reduce(Places& places) {
  while (places.natives > kMaxNative) {
    std::size_t end = places.native;
    for (std::size_t i = places.native; i < native_.size(); ++i) {
      const NativeBucket bucket{(native_[i].index + 1) >> 1, native_[i].count};
      if (end > places.native && native_[end - 1].index == bucket.index) {
        native_[end - 1].count += bucket.count;
      } else {
        native_[end++] = bucket;
      }
    }
    native_.resize(end);
    places.natives = end - places.native;
    --places.schema;
  }
}

void HistogramMerge::add_exemplars(const ShardCells& cells, std::size_t series, Places& places) {
  const std::size_t offset = series * HistogramCells::kCells;
  newest_.clear();
  for (const Cell* shard : cells.all()) {
    const Cell* slot = shard[offset + HistogramCells::kExemplars].pointee();
    for (; slot != nullptr; slot = next_slot(slot)) {
      if (const auto kept = read_exemplar(slot)) keep_newest(newest_, *kept);
    }
  }
  std::ranges::sort(newest_, {}, &KeptExemplar::bucket);
  for (const KeptExemplar& kept : newest_) {
    kept_.push_back(kept);
    exemplars_.push_back(
        {.bucket = kept.bucket, .value = seconds(kept.value), .at = kept.at, .labels = {}});
  }
  places.exemplars = newest_.size();
}

HistogramView HistogramMerge::view(const Places& places, std::size_t series) const {
  const std::size_t buckets = buckets_.size() + 1;
  HistogramView view{.bounds = desc_.bounds,
                     .counts = std::span(counts_).subspan(series * buckets, buckets),
                     .sum = static_cast<double>(places.sum) / 1e6};
  if (selection_.native && buckets_.native()) {
    view.native = NativeView{.schema = places.schema,
                             .zeros = places.zeros,
                             .buckets = std::span(native_).subspan(places.native, places.natives)};
  }
  view.exemplars = std::span(exemplars_).subspan(places.exemplar, places.exemplars);
  return view;
}

}  // namespace wayside
