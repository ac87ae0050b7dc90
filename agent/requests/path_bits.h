#pragma once

#include <bit>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace wayside {

// What 32 bytes of a path are, a bit a byte, the first byte's lowest: so that segments are found
// and told apart without a look at each byte.
struct PathBits {
  std::uint32_t letters = 0;  // a-z
  std::uint32_t digits = 0;   // 0-9
};

inline constexpr std::size_t kPathWindow = 32;

#if defined(__SSE2__)

namespace detail {

// Which of 16 bytes lie in [low, low + size).
inline std::uint32_t in_range(__m128i bytes, char low, char size) {
  const __m128i from_low = _mm_sub_epi8(bytes, _mm_set1_epi8(low));
  const __m128i least = _mm_min_epu8(from_low, _mm_set1_epi8(static_cast<char>(size - 1)));
  return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(from_low, least)));
}

}  // namespace detail

// All 32 bytes at `p` are readable.
inline PathBits path_bits(const char* p) {
  const __m128i low = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
  const __m128i high = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + 16));
  return {.letters = detail::in_range(low, 'a', 26) | detail::in_range(high, 'a', 26) << 16,
          .digits = detail::in_range(low, '0', 10) | detail::in_range(high, '0', 10) << 16};
}

#else

inline PathBits path_bits(const char* p) {
  PathBits bits;
  for (unsigned i = 0; i < kPathWindow; ++i) {
    bits.letters |= std::uint32_t{p[i] >= 'a' && p[i] <= 'z'} << i;
    bits.digits |= std::uint32_t{p[i] >= '0' && p[i] <= '9'} << i;
  }
  return bits;
}

#endif

}  // namespace wayside
