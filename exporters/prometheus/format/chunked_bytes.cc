#include "exporters/prometheus/format/chunked_bytes.h"

#include <algorithm>

namespace wayside {

// Makes the chunk at hand one with so many free bytes.
void ChunkedBytes::next(std::size_t size) {
  while (at_ < chunks_.size() && chunks_[at_].capacity - chunks_[at_].used < size) ++at_;
  if (at_ < chunks_.size()) return;
  const std::size_t capacity = std::max(kChunk, size);
  chunks_.push_back({std::make_unique_for_overwrite<char[]>(capacity), capacity, 0});
}

void ChunkedBytes::clear() {
  for (Chunk& chunk : chunks_) chunk.used = 0;
  at_ = 0;
  size_ = 0;
}

bool ChunkedBytes::each(const std::function<bool(std::string_view)>& sink) const {
  for (const Chunk& chunk : chunks_) {
    if (chunk.used > 0 && !sink({chunk.bytes.get(), chunk.used})) return false;
  }
  return true;
}

}  // namespace wayside
