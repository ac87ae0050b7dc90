#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace wayside {

// What the compressor does with many bytes at once. Nothing here reads behind what it is given.

inline std::uint64_t load_8(const char* p) {
  std::uint64_t value = 0;
  std::memcpy(&value, p, sizeof value);
  if constexpr (std::endian::native != std::endian::little) value = __builtin_bswap64(value);
  return value;
}

inline void store_8(char* p, std::uint64_t value) {
  if constexpr (std::endian::native != std::endian::little) value = __builtin_bswap64(value);
  std::memcpy(p, &value, sizeof value);
}

// How many bytes at `a` and `b` are alike. `a` is before `b`, and they may overlap.
inline std::size_t common_length(const char* a, const char* b, const char* end) {
  const char* const start = b;
#if defined(__SSE2__)
  for (; end - b >= 16; a += 16, b += 16) {
    const __m128i left = _mm_loadu_si128(reinterpret_cast<const __m128i*>(a));
    const __m128i right = _mm_loadu_si128(reinterpret_cast<const __m128i*>(b));
    const auto alike = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(left, right)));
    if (alike != 0xffff) return static_cast<std::size_t>(b - start + std::countr_one(alike));
  }
#endif
  while (b != end && *a == *b) ++a, ++b;
  return static_cast<std::size_t>(b - start);
}

// Where a word begins that may be known from before: at what stands between words. In text these
// are space, newline, quotes, comma, point and slash; in protobuf the small fields' tags.
inline constexpr unsigned char kLastSeparator = '/';
inline constexpr std::size_t kSeparatorReach = 16;

// The distance from `p` to the first separator, kSeparatorReach where none is nearer. So many
// bytes are there.
inline std::size_t to_separator(const char* p) {
#if defined(__SSE2__)
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
  const __m128i cut = _mm_min_epu8(bytes, _mm_set1_epi8(kLastSeparator));
  const int separators = _mm_movemask_epi8(_mm_cmpeq_epi8(cut, bytes));
  return static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(separators) | 0x10000U));
#else
  const auto separates = [](char c) { return static_cast<unsigned char>(c) <= kLastSeparator; };
  return static_cast<std::size_t>(std::find_if(p, p + kSeparatorReach, separates) - p);
#endif
}

// Each of sixteen bytes as a number of its own.
inline void widen_16(const char* p, std::uint32_t* out) {
#if defined(__SSE2__)
  const __m128i none = _mm_setzero_si128();
  const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
  const __m128i low = _mm_unpacklo_epi8(bytes, none);
  const __m128i high = _mm_unpackhi_epi8(bytes, none);
  auto* const to = reinterpret_cast<__m128i*>(out);
  _mm_storeu_si128(to, _mm_unpacklo_epi16(low, none));
  _mm_storeu_si128(to + 1, _mm_unpackhi_epi16(low, none));
  _mm_storeu_si128(to + 2, _mm_unpacklo_epi16(high, none));
  _mm_storeu_si128(to + 3, _mm_unpackhi_epi16(high, none));
#else
  for (std::size_t i = 0; i < 16; ++i) out[i] = static_cast<unsigned char>(p[i]);
#endif
}

}  // namespace wayside
