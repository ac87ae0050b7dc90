#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "exporters/prometheus/format/bit_writer.h"
#include "exporters/prometheus/format/deflate_code.h"

namespace wayside {

// What tells a block's own code: the lengths of its symbols, runs of them shortened, in a code
// that is told itself. RFC 1951, 3.2.7.
class DeflateHeader {
 public:
  explicit DeflateHeader(const SymbolLengths& lengths);

  [[nodiscard]] std::uint64_t bits() const;  // how many it has
  void write(BitWriter& out) const;          // less than BitWriter::kRoom

 private:
  static constexpr std::size_t kKinds = 19;  // a length, or a run of three kinds

  struct Item {
    std::uint8_t kind = 0;
    std::uint8_t open = 0;  // how long the run is, from the least on
  };

  void add_run(std::uint8_t length, std::size_t times);
  void add(std::size_t kind, std::size_t open);

  std::size_t literals_;   // told
  std::size_t distances_;  // told
  std::size_t kinds_ = kKinds;
  std::array<Item, kLiteralSymbols + kDistanceSymbols> items_;
  std::size_t size_ = 0;
  std::array<std::uint32_t, kKinds> counts_{};
  std::array<std::uint8_t, kKinds> lengths_{};
};

}  // namespace wayside
