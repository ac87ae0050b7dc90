#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "exporters/prometheus/format/bit_writer.h"
#include "exporters/prometheus/format/deflate_tokens.h"
#include "exporters/prometheus/format/huffman_code.h"

namespace wayside {

// The symbols of RFC 1951, 3.2.5: bytes, the end of a block and lengths have one code, distances
// have another.
inline constexpr std::size_t kEndSymbol = 256;
inline constexpr std::size_t kLiteralSymbols = 286;

// How often each symbol occurs in a block, its end included.
struct SymbolCounts {
  explicit SymbolCounts(std::span<const Token> tokens);

  std::array<std::uint32_t, kLiteralSymbols> literals{};
  std::array<std::uint32_t, kDistanceSymbols> distances{};
};

// How many bits each symbol has.
struct SymbolLengths {
  // As few bits as there can be.
  static SymbolLengths best(const SymbolCounts& counts);
  // Those that every reader knows: RFC 1951, 3.2.6.
  static SymbolLengths fixed();

  // The bits of so many symbols, without those that symbols leave open.
  [[nodiscard]] std::uint64_t bits_of(const SymbolCounts& counts) const;

  std::array<std::uint8_t, kMaxHuffmanSymbols> literals{};  // the last two are never said
  std::array<std::uint8_t, kDistanceSymbols> distances{};
};

// How each kind of token is written, its open bits included where the kind tells them.
class TokenCode {
 public:
  void set(const SymbolLengths& lengths);

  // The most bits of one token: a length of 15 and 13 open ones.
  static constexpr unsigned kMostBits = 28;

  // Writes tokens and leaves the end of the block to end(). There is room for kMostBits each.
  void write(std::span<const Token> tokens, BitWriter& out) const;
  void end(BitWriter& out) const { out.put(end_.bits, end_.all); }

 private:
  struct Entry {
    std::uint32_t bits = 0;
    std::uint8_t code = 0;  // length of the code and what the kind tells
    std::uint8_t all = 0;   // and what the token tells
  };

  [[nodiscard]] std::uint64_t bits_of(Token token, const Entry& entry) const {
    return entry.bits | std::uint64_t{token >> kTokenKindBits} << entry.code;
  }

  std::array<Entry, kTokenKinds> entries_;
  Entry end_;
};

}  // namespace wayside
