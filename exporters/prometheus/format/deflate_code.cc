#include "exporters/prometheus/format/deflate_code.h"

#include <algorithm>

namespace wayside {
namespace {

constexpr std::size_t kFirstLength = 257;

// The symbol of each length, and what it leaves open: RFC 1951, 3.2.5.
struct LengthSymbol {
  std::uint16_t symbol = 0;
  std::uint8_t open_bits = 0;
  std::uint8_t open = 0;
};

constexpr auto kLengthSymbols = [] {
  std::array<LengthSymbol, kMaxMatch + 1> all{};
  std::uint16_t symbol = kFirstLength;
  for (std::size_t length = kMinMatch; length < kMaxMatch; ++symbol) {
    const std::size_t index = symbol - kFirstLength;
    const auto bits = static_cast<std::uint8_t>(index < 8 ? 0 : index / 4 - 1);
    for (unsigned open = 0; open < 1U << bits && length < kMaxMatch; ++open, ++length) {
      all[length] = {symbol, bits, static_cast<std::uint8_t>(open)};
    }
  }
  all[kMaxMatch] = {symbol, 0, 0};
  return all;
}();
static_assert(kLengthSymbols[257].symbol == 284 && kLengthSymbols[257].open == 30);
static_assert(kLengthSymbols[kMaxMatch].symbol == kLiteralSymbols - 1);

std::uint64_t sum(std::span<const std::uint32_t> counts, std::span<const std::uint8_t> lengths) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) bits += std::uint64_t{counts[i]} * lengths[i];
  return bits;
}

}  // namespace

SymbolCounts::SymbolCounts(std::span<const Token> tokens) {
  // Two of each, so that alike tokens in a row need not wait for one another.
  std::array<std::uint32_t, kTokenKinds> even{};
  std::array<std::uint32_t, kTokenKinds> odd{};
  std::size_t i = 0;
  for (; i + 2 <= tokens.size(); i += 2) {
    ++even[tokens[i] & kTokenKindMask];
    ++odd[tokens[i + 1] & kTokenKindMask];
  }
  if (i < tokens.size()) ++even[tokens[i] & kTokenKindMask];
  const auto of = [&](std::size_t kind) { return even[kind] + odd[kind]; };
  for (std::size_t byte = 0; byte < 256; ++byte) literals[byte] = of(byte);
  literals[kEndSymbol] = 1;
  for (std::size_t length = kMinMatch; length <= kMaxMatch; ++length) {
    literals[kLengthSymbols[length].symbol] += of(kLengthKinds + length);
  }
  for (std::size_t n = 0; n < kDistanceSymbols; ++n) distances[n] = of(kDistanceKinds + n);
}

SymbolLengths SymbolLengths::best(const SymbolCounts& counts) {
  SymbolLengths lengths;
  huffman_lengths(counts.literals, kMaxHuffmanLength,
                  std::span(lengths.literals).first(kLiteralSymbols));
  huffman_lengths(counts.distances, kMaxHuffmanLength, lengths.distances);
  return lengths;
}

SymbolLengths SymbolLengths::fixed() {
  SymbolLengths lengths;
  const auto set = [&](std::size_t from, std::size_t to, std::uint8_t length) {
    std::fill(lengths.literals.begin() + static_cast<std::ptrdiff_t>(from),
              lengths.literals.begin() + static_cast<std::ptrdiff_t>(to), length);
  };
  set(0, 144, 8);
  set(144, 256, 9);
  set(256, 280, 7);
  set(280, 288, 8);
  lengths.distances.fill(5);
  return lengths;
}

std::uint64_t SymbolLengths::bits_of(const SymbolCounts& counts) const {
  return sum(counts.literals, literals) + sum(counts.distances, distances);
}

void TokenCode::set(const SymbolLengths& lengths) {
  std::array<std::uint16_t, kMaxHuffmanSymbols> literals;
  std::array<std::uint16_t, kDistanceSymbols> distances;
  huffman_codes(lengths.literals, literals);
  huffman_codes(lengths.distances, distances);
  const auto literal = [&](std::size_t symbol, std::uint8_t open_bits, std::uint32_t open) {
    const std::uint8_t length = lengths.literals[symbol];
    const auto all = static_cast<std::uint8_t>(length + open_bits);
    return Entry{literals[symbol] | open << length, all, all};
  };
  for (std::size_t byte = 0; byte < 256; ++byte) entries_[byte] = literal(byte, 0, 0);
  end_ = literal(kEndSymbol, 0, 0);
  for (std::size_t length = kMinMatch; length <= kMaxMatch; ++length) {
    const LengthSymbol& told = kLengthSymbols[length];
    entries_[kLengthKinds + length] = literal(told.symbol, told.open_bits, told.open);
  }
  for (std::size_t n = 0; n < kDistanceSymbols; ++n) {
    const std::uint8_t length = lengths.distances[n];
    entries_[kDistanceKinds + n] = {distances[n], length,
                                    static_cast<std::uint8_t>(length + distance_open_bits(n))};
  }
}

void TokenCode::write(std::span<const Token> tokens, BitWriter& out) const {
  static_assert(2 * kMostBits <= BitCursor::kMost);
  BitCursor cursor = out.cursor;
  std::size_t i = 0;
  for (; i + 2 <= tokens.size(); i += 2) {
    const Token first = tokens[i];
    const Token second = tokens[i + 1];
    const Entry& one = entries_[first & kTokenKindMask];
    const Entry& other = entries_[second & kTokenKindMask];
    cursor.put(bits_of(first, one) | bits_of(second, other) << one.all, one.all + other.all);
  }
  if (i < tokens.size()) {
    const Entry& one = entries_[tokens[i] & kTokenKindMask];
    cursor.put(bits_of(tokens[i], one), one.all);
  }
  out.cursor = cursor;
}

}  // namespace wayside
