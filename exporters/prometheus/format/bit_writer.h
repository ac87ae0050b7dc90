#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>

#include "exporters/prometheus/format/deflate_bytes.h"

namespace wayside {

// Where bits go, the lowest first, and those that do not fill a byte yet. A copy of it in hand is
// what a loop writes with.
struct BitCursor {
  static constexpr unsigned kMost = 56;  // bits at once

  // `bits` has no others than the `count` lowest. Eight bytes are written over.
  void put(std::uint64_t bits, unsigned count) {
    pending |= bits << held;
    held += count;
    store_8(at, pending);
    at += held / 8;
    pending >>= held & ~7U;
    held &= 7U;
  }

  char* at = nullptr;
  std::uint64_t pending = 0;
  unsigned held = 0;  // less than 8
};

// Gathers bits into pieces for a sink. One thread.
class BitWriter {
 public:
  // Gets the bytes in pieces; false: no more are wanted.
  using PieceSink = std::function<bool(std::string_view piece)>;

  // That many bytes may be put after each make_room().
  static constexpr std::size_t kRoom = 4096;

  explicit BitWriter(PieceSink sink)
      : sink_(std::move(sink)), bytes_(std::make_unique_for_overwrite<char[]>(kBytes)) {
    cursor.at = bytes_.get();
  }

  // False: the sink wants no more.
  bool make_room() { return used() <= kPiece || hand_over(); }

  void put(std::uint64_t bits, unsigned count) { cursor.put(bits, count); }
  void fill_byte() {
    if (cursor.held > 0) cursor.put(0, 8 - cursor.held);
  }

  // Whole bytes; the bits of the last one stay.
  bool hand_over() {
    const std::size_t size = used();
    cursor.at = bytes_.get();
    return size == 0 || sink_({bytes_.get(), size});
  }

  BitCursor cursor;

 private:
  static constexpr std::size_t kPiece = std::size_t{32} * 1024;
  static constexpr std::size_t kBytes = kPiece + kRoom + sizeof(std::uint64_t);

  [[nodiscard]] std::size_t used() const {
    return static_cast<std::size_t>(cursor.at - bytes_.get());
  }

  PieceSink sink_;
  std::unique_ptr<char[]> bytes_;
};

}  // namespace wayside
