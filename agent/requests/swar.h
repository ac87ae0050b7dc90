#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace wayside {

// Eight bytes of text at once, in one register: no loop whose end the processor must guess.
// The first byte of the text is the lowest.
namespace swar {

inline constexpr std::uint64_t kOnes = 0x0101010101010101U;
inline constexpr std::uint64_t kHigh = 0x8080808080808080U;

// The bytes from `at` on, zeros behind `end`. The eight bytes before `end` must be readable and
// `at` must not be behind `end`.
inline std::uint64_t load(const char* at, const char* end) {
  static_assert(std::endian::native == std::endian::little);
  const auto left = static_cast<std::size_t>(end - at);
  std::uint64_t word = 0;
  if (left >= 8) {
    std::memcpy(&word, at, 8);
    return word;
  }
  if (left == 0) return 0;
  std::memcpy(&word, end - 8, 8);
  return word >> (8 * (8 - left));
}

// How many bytes at the front lie in [low, high]; both below 0x80.
inline std::size_t leading_in(std::uint64_t word, unsigned char low, unsigned char high) {
  const std::uint64_t seven = word & ~kHigh;
  const std::uint64_t from_low = seven + kOnes * (0x80U - low);
  const std::uint64_t above = seven + kOnes * (0x7fU - high);
  const std::uint64_t outside = ~(from_low & ~above & ~word) & kHigh;
  return static_cast<std::size_t>(std::countr_zero(outside)) / 8;  // 64 / 8 where none is outside
}

}  // namespace swar
}  // namespace wayside
