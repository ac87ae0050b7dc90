#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace wayside {

// What compressed data says, before it has a code: "this byte", or "so many bytes from so far
// back". The format: https://www.rfc-editor.org/rfc/rfc1951
//
// A token is the number of what is said and, above it, the bits of a distance that its symbol
// leaves open. A match is two tokens, its length and its distance.
using Token = std::uint32_t;
inline constexpr unsigned kTokenKindBits = 10;
inline constexpr Token kTokenKindMask = (1U << kTokenKindBits) - 1;

inline constexpr std::size_t kMinMatch = 3;
inline constexpr std::size_t kMaxMatch = 258;
inline constexpr std::size_t kWindow = 32'768;  // the farthest distance

// The kinds: 256 bytes, the lengths, the symbols of distances.
inline constexpr Token kLengthKinds = 256 - kMinMatch;  // and the length
inline constexpr Token kDistanceKinds = kLengthKinds + kMaxMatch + 1;
inline constexpr std::size_t kDistanceSymbols = 30;
inline constexpr std::size_t kTokenKinds = kDistanceKinds + kDistanceSymbols;
static_assert(kTokenKinds <= kTokenKindMask + 1);

constexpr Token length_token(std::size_t length) {
  return kLengthKinds + static_cast<Token>(length);
}

// The bits that a distance's symbol leaves open: RFC 1951, 3.2.5.
constexpr unsigned distance_open_bits(std::size_t symbol) {
  return symbol < 4 ? 0 : static_cast<unsigned>(symbol / 2 - 1);
}

constexpr Token distance_token(std::size_t distance) {
  const auto past = static_cast<Token>(distance - 1);
  if (past < 4) return kDistanceKinds + past;
  const auto open = static_cast<unsigned>(std::bit_width(past)) - 2;
  const Token symbol = 2 * (open + 1) + (past >> open & 1U);
  return (kDistanceKinds + symbol) | (past & ((1U << open) - 1)) << kTokenKindBits;
}

// The tokens of one block. What is found for one place may exceed the capacity by the slack.
struct Tokens {
  static constexpr std::size_t kCapacity = 32'768;
  static constexpr std::size_t kSlack = 640;

  [[nodiscard]] bool full() const { return size >= kCapacity; }

  std::array<Token, kCapacity + kSlack> tokens;
  std::size_t size = 0;
};

}  // namespace wayside
