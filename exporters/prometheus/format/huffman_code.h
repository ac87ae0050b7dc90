#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace wayside {

// Prefix codes as RFC 1951, 3.2.2 has them: told by the length of each symbol's code alone.
inline constexpr std::size_t kMaxHuffmanSymbols = 288;
inline constexpr unsigned kMaxHuffmanLength = 15;

// The lengths that make symbols which occur so often the shortest, none above `limit` (at most
// kMaxHuffmanLength, and 1 << limit is not less than the symbols). A symbol that never occurs has
// none: 0. The code is always complete, since some readers refuse others: where less than two
// symbols occur, another one gets a length.
void huffman_lengths(std::span<const std::uint32_t> counts, unsigned limit,
                     std::span<std::uint8_t> lengths);

// The codes to lengths, first bit lowest, as they are written.
void huffman_codes(std::span<const std::uint8_t> lengths, std::span<std::uint16_t> codes);

}  // namespace wayside
