#include "agent/store/histogram_writer.h"

namespace wayside {
namespace {

constexpr Micros kFresh = std::chrono::seconds{1};

}  // namespace

// Takes a near place while there is one.
Cell* HistogramWriter::far_page(Cell* series, std::size_t page) const {
  const std::uint64_t numbers = series[HistogramCells::kNumbers].get();
  for (std::size_t near = 0; near < HistogramCells::kNears; ++near) {
    if ((numbers >> (near * 8) & 0xFF) == 0) return near_page(series, page, near);
  }
  Cell* table = series[HistogramCells::kFar].pointee();
  if (table == nullptr) {
    table = arena_->take(HistogramCells::pages(buckets_->cells()));
    series[HistogramCells::kFar].point_to(table);
  }
  Cell* made = table[page].pointee();
  if (made == nullptr) {
    made = arena_->take(HistogramCells::kPage);
    table[page].point_to(made);
  }
  return made;
}

// The number is published after the place that it tells of.
Cell* HistogramWriter::near_page(Cell* series, std::size_t page, std::size_t near) const {
  Cell* const made = arena_->take(HistogramCells::kPage);
  series[HistogramCells::kNear + near].point_to(made);
  Cell& numbers = series[HistogramCells::kNumbers];
  numbers.publish(numbers.get() | std::uint64_t{page + 1} << (near * 8));
  return made;
}

void HistogramWriter::exemplify(Cell* series, std::size_t bucket,
                                const ExemplarSource& source) const {
  Cell& first = series[HistogramCells::kExemplars];
  Cell* slot = first.pointee();
  while (slot != nullptr && bucket_of_slot(slot) != bucket) slot = next_slot(slot);
  if (slot != nullptr && source.at < exemplar_time(slot) + kFresh) return;
  ExemplarText text;
  const std::string_view labels = exemplar_labels(source, text);
  if (labels.empty()) return;
  const bool made = slot == nullptr;
  if (made) {
    slot = arena_->take(kExemplarCells);
    begin_slot(slot, bucket, first.pointee());
  }
  write_exemplar(slot, source, labels);
  if (made) first.point_to(slot);
}

}  // namespace wayside
