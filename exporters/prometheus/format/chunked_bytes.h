#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace wayside {

// Bytes that are written in pieces before it is known how many they will be. Grows without moving
// what was written, and keeps its memory when it is cleared. One thread.
class ChunkedBytes {
 public:
  // Free bytes in a row, at least so many: what is written of them is to be ended with end_at.
  std::span<char> room(std::size_t size) {
    if (at_ == chunks_.size() || chunks_[at_].capacity - chunks_[at_].used < size) next(size);
    const Chunk& chunk = chunks_[at_];
    return {chunk.bytes.get() + chunk.used, chunk.capacity - chunk.used};
  }
  void end_at(const char* end) {
    Chunk& chunk = chunks_[at_];
    const auto used = static_cast<std::size_t>(end - chunk.bytes.get());
    size_ += used - chunk.used;
    chunk.used = used;
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  void clear();

  // In their order, while `sink` is true.
  [[nodiscard]] bool each(const std::function<bool(std::string_view)>& sink) const;

 private:
  static constexpr std::size_t kChunk = 65'536;
  struct Chunk {
    std::unique_ptr<char[]> bytes;
    std::size_t capacity = 0;
    std::size_t used = 0;
  };
  void next(std::size_t size);

  std::vector<Chunk> chunks_;
  std::size_t at_ = 0;  // the chunk that is written to
  std::size_t size_ = 0;
};

}  // namespace wayside
