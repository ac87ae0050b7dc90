#include "exporters/prometheus/format/deflate_header.h"

#include <algorithm>

namespace wayside {
namespace {

constexpr std::size_t kLeastLiterals = 257;
constexpr std::size_t kLeastKinds = 4;
constexpr unsigned kKindLimit = 7;
constexpr unsigned kFirstBits = 5 + 5 + 4;  // how many literals, distances and kinds are told

// In which order the lengths of the kinds are told.
constexpr std::array<std::uint8_t, 19> kOrder = {16, 17, 18, 0, 8,  7, 9,  6, 10, 5,
                                                 11, 4,  12, 3, 13, 2, 14, 1, 15};

// A kind that stands for a run: of the length before, or of none.
struct Run {
  std::size_t least;
  std::size_t most;
  unsigned open_bits;
};
constexpr std::size_t kFirstRun = 16;
constexpr std::array<Run, 3> kRuns = {{{3, 6, 2}, {3, 10, 3}, {11, 138, 7}}};
constexpr std::size_t kSame = 16;
constexpr std::size_t kFewNone = 17;
constexpr std::size_t kManyNone = 18;

constexpr unsigned open_bits(std::size_t kind) {
  return kind < kFirstRun ? 0 : kRuns[kind - kFirstRun].open_bits;
}

std::size_t without_zeros(std::span<const std::uint8_t> lengths, std::size_t least) {
  std::size_t size = lengths.size();
  while (size > least && lengths[size - 1] == 0) --size;
  return size;
}

}  // namespace

DeflateHeader::DeflateHeader(const SymbolLengths& lengths)
    : literals_(without_zeros(std::span(lengths.literals).first(kLiteralSymbols), kLeastLiterals)),
      distances_(without_zeros(lengths.distances, 1)) {
  std::array<std::uint8_t, kLiteralSymbols + kDistanceSymbols> told;
  std::copy_n(lengths.literals.begin(), literals_, told.begin());
  std::copy_n(lengths.distances.begin(), distances_, told.begin() + literals_);
  const std::size_t all = literals_ + distances_;
  for (std::size_t at = 0; at < all;) {
    std::size_t end = at + 1;
    while (end < all && told[end] == told[at]) ++end;
    add_run(told[at], end - at);
    at = end;
  }
  huffman_lengths(counts_, kKindLimit, lengths_);
  while (kinds_ > kLeastKinds && lengths_[kOrder[kinds_ - 1]] == 0) --kinds_;
}

void DeflateHeader::add_run(std::uint8_t length, std::size_t times) {
  if (length != 0) {
    add(length, 0);
    --times;
  }
  while (times >= kRuns[0].least) {
    const std::size_t of_none = times >= kRuns[2].least ? kManyNone : kFewNone;
    const std::size_t kind = length != 0 ? kSame : of_none;
    const Run& run = kRuns[kind - kFirstRun];
    const std::size_t part = std::min(times, run.most);
    add(kind, part - run.least);
    times -= part;
  }
  for (; times > 0; --times) add(length, 0);
}

void DeflateHeader::add(std::size_t kind, std::size_t open) {
  items_[size_++] = {static_cast<std::uint8_t>(kind), static_cast<std::uint8_t>(open)};
  ++counts_[kind];
}

std::uint64_t DeflateHeader::bits() const {
  std::uint64_t bits = kFirstBits + 3 * kinds_;
  for (std::size_t kind = 0; kind < kKinds; ++kind) {
    bits += std::uint64_t{counts_[kind]} * (lengths_[kind] + open_bits(kind));
  }
  return bits;
}

void DeflateHeader::write(BitWriter& out) const {
  std::array<std::uint16_t, kKinds> codes;
  huffman_codes(lengths_, codes);
  out.put(literals_ - kLeastLiterals, 5);
  out.put(distances_ - 1, 5);
  out.put(kinds_ - kLeastKinds, 4);
  for (std::size_t i = 0; i < kinds_; ++i) out.put(lengths_[kOrder[i]], 3);
  for (const Item& item : std::span(items_).first(size_)) {
    const unsigned length = lengths_[item.kind];
    out.put(codes[item.kind] | std::uint64_t{item.open} << length, length + open_bits(item.kind));
  }
}

}  // namespace wayside
