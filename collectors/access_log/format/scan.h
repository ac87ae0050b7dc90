#pragma once

#include <bit>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace wayside {

// Searching within a block of whole lines. Every block ends in '\n' and has 64 readable bytes
// after it, and every search stops at '\n', so that none needs an end.
inline constexpr std::size_t kReadableAfterBlock = 64;

#if defined(__SSE2__)

namespace detail {

inline __m128i load16(const char* p) {
  return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
}

inline std::uint64_t bits(__m128i matches) {
  return static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(matches)));
}

// Which of 64 bytes equal one of two or three.
template <typename... Wanted>
std::uint64_t matches64(const char* p, Wanted... wanted) {
  std::uint64_t mask = 0;
  for (unsigned i = 0; i < 4; ++i) {
    const __m128i bytes = load16(p + 16 * i);
    __m128i matches = _mm_setzero_si128();
    ((matches = _mm_or_si128(matches, _mm_cmpeq_epi8(bytes, wanted))), ...);
    mask |= bits(matches) << (16 * i);
  }
  return mask;
}

}  // namespace detail

// The first `c` or '\n' at or after `p`, found 16 bytes at a time: for what is near.
inline const char* find_or_newline(const char* p, char c) {
  const __m128i wanted = _mm_set1_epi8(c);
  const __m128i newline = _mm_set1_epi8('\n');
  for (;; p += 16) {
    const __m128i bytes = detail::load16(p);
    const std::uint64_t mask =
        detail::bits(_mm_or_si128(_mm_cmpeq_epi8(bytes, wanted), _mm_cmpeq_epi8(bytes, newline)));
    if (mask != 0) return p + std::countr_zero(mask);
  }
}

// The same, 64 bytes at a time: for what is far, with few branches that depend on how far.
inline const char* find_far_or_newline(const char* p, char c) {
  const __m128i wanted = _mm_set1_epi8(c);
  const __m128i newline = _mm_set1_epi8('\n');
  for (;; p += 64) {
    const std::uint64_t mask = detail::matches64(p, wanted, newline);
    if (mask != 0) return p + std::countr_zero(mask);
  }
}

// The same; `backslash` is set where one stands in between.
inline const char* find_far_or_newline(const char* p, char c, bool& backslash) {
  const __m128i wanted = _mm_set1_epi8(c);
  const __m128i newline = _mm_set1_epi8('\n');
  const __m128i escape = _mm_set1_epi8('\\');
  for (;; p += 64) {
    std::uint64_t mask = detail::matches64(p, wanted, newline, escape);
    while (mask != 0) {
      const char* const hit = p + std::countr_zero(mask);
      if (*hit != '\\' || c == '\\') return hit;
      backslash = true;
      mask &= mask - 1;
    }
  }
}

#else

inline const char* find_or_newline(const char* p, char c) {
  while (*p != c && *p != '\n') ++p;
  return p;
}

inline const char* find_far_or_newline(const char* p, char c) {
  return find_or_newline(p, c);
}

inline const char* find_far_or_newline(const char* p, char c, bool& backslash) {
  for (; *p != c && *p != '\n'; ++p) backslash = backslash || *p == '\\';
  return p;
}

#endif

}  // namespace wayside
