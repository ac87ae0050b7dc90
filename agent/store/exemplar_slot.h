#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "agent/core/time.h"
#include "agent/store/cells.h"

namespace wayside {

// What an exemplar tells of one request. Views live as long as the call.
struct ExemplarSource {
  std::string_view trace_id, request_id;  // either may be empty
  Micros value{0};
  WallTime at = kNoTime;  // when the request ended
};

// An exemplar is kept in a slot of so many cells, two cache lines. The slots of a series are
// chained: few of its buckets have one. One thread writes them while others read: a reader gets a
// whole exemplar or none.
inline constexpr std::size_t kExemplarCells = 16;
inline constexpr std::size_t kMaxExemplarText = (kExemplarCells - 4) * sizeof(std::uint64_t);

using ExemplarText = std::array<char, kMaxExemplarText>;

// `trace_id="…",request_id="…"`, or the first that fits; empty where neither is one. An id is
// up to 64 printable characters, none of which needs escaping. OpenMetrics allows 128 characters
// for the labels of an exemplar; what is kept here is shorter.
std::string_view exemplar_labels(const ExemplarSource& source, ExemplarText& text);

// A slot of zeros is given its bucket, and the slot behind it; then it may be written.
void begin_slot(Cell* slot, std::size_t bucket, Cell* next);
[[nodiscard]] std::size_t bucket_of_slot(const Cell* slot);
[[nodiscard]] Cell* next_slot(const Cell* slot);  // null: none

void write_exemplar(Cell* slot, const ExemplarSource& source, std::string_view labels);
// Of the last one written. For the writer.
WallTime exemplar_time(const Cell* slot);

struct KeptExemplar {
  std::size_t bucket = 0;
  Micros value{0};
  WallTime at = kNoTime;
  std::size_t size = 0;
  ExemplarText text;
};
// Nothing where none was written, or where it was written again all the while.
std::optional<KeptExemplar> read_exemplar(const Cell* slot);

}  // namespace wayside
