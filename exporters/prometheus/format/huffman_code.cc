#include "exporters/prometheus/format/huffman_code.h"

#include <algorithm>
#include <array>

namespace wayside {
namespace {

constexpr unsigned kSymbolBits = 9;
static_assert(kMaxHuffmanSymbols <= 1U << kSymbolBits);

// The symbols that occur, the rarest first: count << kSymbolBits | symbol.
struct Sorted {
  explicit Sorted(std::span<const std::uint32_t> counts) {
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (counts[i] != 0) symbols[size++] = std::uint64_t{counts[i]} << kSymbolBits | i;
    }
    for (std::size_t i = 0; size < 2; ++i) {
      if (counts[i] == 0) symbols[size++] = std::uint64_t{1} << kSymbolBits | i;
    }
    std::sort(symbols.begin(), symbols.begin() + static_cast<std::ptrdiff_t>(size));
  }
  [[nodiscard]] std::size_t symbol(std::size_t i) const {
    return symbols[i] & ((1U << kSymbolBits) - 1);
  }

  std::array<std::uint64_t, kMaxHuffmanSymbols> symbols;
  std::size_t size = 0;
};

// How many codes there are of each length.
using LengthCounts = std::array<std::uint32_t, kMaxHuffmanLength + 1>;

// Joins the two rarest until one is left. What is joined comes out in order, so that two queues
// do: the symbols and what was joined, one after the other. Lengths above the limit count as it.
LengthCounts count_lengths(const Sorted& sorted, unsigned limit) {
  std::array<std::uint64_t, 2 * kMaxHuffmanSymbols> weight;
  std::array<std::uint16_t, 2 * kMaxHuffmanSymbols> parent;
  const std::size_t leaves = sorted.size;
  const std::size_t root = 2 * leaves - 2;
  for (std::size_t i = 0; i < leaves; ++i) weight[i] = sorted.symbols[i] >> kSymbolBits;
  std::size_t leaf = 0;
  std::size_t joined = leaves;
  for (std::size_t node = leaves; node <= root; ++node) {
    weight[node] = 0;
    for (int child = 0; child < 2; ++child) {
      const bool take_leaf = leaf < leaves && (joined == node || weight[leaf] <= weight[joined]);
      const std::size_t taken = take_leaf ? leaf++ : joined++;
      weight[node] += weight[taken];
      parent[taken] = static_cast<std::uint16_t>(node);
    }
  }
  LengthCounts counts{};
  std::array<std::uint16_t, 2 * kMaxHuffmanSymbols> depth;
  depth[root] = 0;
  for (std::size_t node = root; node-- > 0;) {
    depth[node] = static_cast<std::uint16_t>(depth[parent[node]] + 1);
    if (node < leaves) ++counts[std::min<unsigned>(depth[node], limit)];
  }
  return counts;
}

// Codes cut to the limit are more than there is room for: each step makes one code longer and
// puts one of those beside it.
void make_room(LengthCounts& counts, unsigned limit) {
  std::uint64_t taken = 0;
  for (unsigned length = 1; length <= limit; ++length) {
    taken += std::uint64_t{counts[length]} << (limit - length);
  }
  for (; taken > std::uint64_t{1} << limit; --taken) {
    unsigned length = limit - 1;
    while (counts[length] == 0) --length;
    --counts[length];
    counts[length + 1] += 2;
    --counts[limit];
  }
}

std::uint16_t reversed(unsigned code, unsigned length) {
  unsigned out = 0;
  for (; length > 0; --length, code >>= 1U) out = out << 1U | (code & 1U);
  return static_cast<std::uint16_t>(out);
}

}  // namespace

void huffman_lengths(std::span<const std::uint32_t> counts, unsigned limit,
                     std::span<std::uint8_t> lengths) {
  const Sorted sorted(counts);
  LengthCounts with_length = count_lengths(sorted, limit);
  make_room(with_length, limit);
  std::ranges::fill(lengths, std::uint8_t{0});
  std::size_t next = 0;
  for (unsigned length = limit; length > 0; --length) {
    for (std::uint32_t i = 0; i < with_length[length]; ++i) {
      lengths[sorted.symbol(next++)] = static_cast<std::uint8_t>(length);
    }
  }
}

void huffman_codes(std::span<const std::uint8_t> lengths, std::span<std::uint16_t> codes) {
  LengthCounts counts{};
  for (const std::uint8_t length : lengths) ++counts[length];
  LengthCounts next{};
  counts[0] = 0;
  for (unsigned length = 1; length <= kMaxHuffmanLength; ++length) {
    next[length] = (next[length - 1] + counts[length - 1]) << 1U;
  }
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    codes[i] = lengths[i] == 0 ? 0 : reversed(next[lengths[i]]++, lengths[i]);
  }
}

}  // namespace wayside
