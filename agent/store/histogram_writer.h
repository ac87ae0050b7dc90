#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "agent/core/time.h"
#include "agent/store/buckets.h"
#include "agent/store/cells.h"
#include "agent/store/exemplar_slot.h"

namespace wayside {

// What the cells of a histogram's series are, on one cache line: its sum in microseconds, the
// first of its exemplars (see exemplar_slot.h), and the places of pages of counts. A page is made
// when a duration first falls into it. Most series meet few, so four have their places here, and
// their numbers, plus one, in the bytes of kNumbers; the others stand in a table of all pages.
struct HistogramCells {
  static constexpr std::size_t kSum = 0;
  static constexpr std::size_t kExemplars = 1;
  static constexpr std::size_t kNumbers = 2;
  static constexpr std::size_t kNear = 3;
  static constexpr std::size_t kNears = 4;
  static constexpr std::size_t kFar = 7;
  static constexpr std::size_t kCells = 8;

  static constexpr std::size_t kPage = 16;  // counts on two cache lines
  static constexpr std::size_t kMaxPages = 32;
  static constexpr std::size_t pages(std::size_t counts) { return (counts + kPage - 1) / kPage; }
};

// One writer's way to observe durations in a histogram family. A view of the family's buckets and
// of the shard's cells: it lives as long as they do, and its thread is the shard's.
class HistogramWriter {
 public:
  HistogramWriter(const Buckets& buckets, CellArena& arena) : buckets_(&buckets), arena_(&arena) {}

  [[nodiscard]] const Buckets& buckets() const { return *buckets_; }

  // What is below zero counts as zero.
  void observe(SeriesRef series, Micros value) const {
    const auto micros = static_cast<std::uint64_t>(value.count() < 0 ? 0 : value.count());
    observe(series.cells, buckets_->cell_of(micros), micros);
  }
  // The same, of a series of this family and the cell where the value falls.
  void observe(Cell* series, std::size_t cell, std::uint64_t micros) const {
    page_of(series, cell / HistogramCells::kPage)[cell % HistogramCells::kPage].add(1);
    series[HistogramCells::kSum].add(micros);
  }

  // Asks for the memory that `observe` will write, where it is near the series.
  void prefetch(Cell* series, std::size_t cell) const {
    const std::uint64_t same = near_pages(series, cell / HistogramCells::kPage);
    if (same == 0) return;
    const auto near = static_cast<std::size_t>(std::countr_zero(same)) / 8;
    __builtin_prefetch(
        series[HistogramCells::kNear + near].pointee() + cell % HistogramCells::kPage, 1);
  }

  // Keeps what names a request that fell into a classic bucket, where the bucket has none or one
  // that ended a second before, so that a busy bucket costs little.
  void exemplify(Cell* series, std::size_t bucket, const ExemplarSource& source) const;

 private:
  // The lowest bit set is the highest of the byte that has the page's number; 0: none has.
  static std::uint64_t near_pages(const Cell* series, std::size_t page) {
    constexpr std::uint64_t kOnes = 0x01010101;
    constexpr std::uint64_t kHighs = 0x80808080;
    const std::uint64_t differ = series[HistogramCells::kNumbers].get() ^ (kOnes * (page + 1));
    return (differ - kOnes) & ~differ & kHighs;
  }
  // Finds the byte that is the page's number without a branch on which it is.
  [[nodiscard]] Cell* page_of(Cell* series, std::size_t page) const {
    const std::uint64_t same = near_pages(series, page);
    if (same == 0) [[unlikely]]
      return far_page(series, page);
    const auto near = static_cast<std::size_t>(std::countr_zero(same)) / 8;
    return series[HistogramCells::kNear + near].pointee();
  }
  Cell* far_page(Cell* series, std::size_t page) const;
  Cell* near_page(Cell* series, std::size_t page, std::size_t near) const;

  const Buckets* buckets_;
  CellArena* arena_;
};

}  // namespace wayside
