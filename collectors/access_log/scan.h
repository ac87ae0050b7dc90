#pragma once

#include <bit>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace wayside {

// Searching within a block of whole lines, sixteen bytes at a time. Every block ends in '\n' and
// has 64 readable bytes after it, and every search stops at '\n', so that none needs an end.
inline constexpr std::size_t kReadableAfterBlock = 64;

#if defined(__SSE2__)

// The first `c` or '\n' at or after `p`.
inline const char* find_or_newline(const char* p, char c) {
  const __m128i wanted = _mm_set1_epi8(c);
  const __m128i newline = _mm_set1_epi8('\n');
  for (;; p += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    const __m128i hits =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, wanted), _mm_cmpeq_epi8(bytes, newline));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(hits));
    if (mask != 0) return p + std::countr_zero(mask);
  }
}

// The same, and whether a backslash stands before it in `[p, result)`, or a little after.
inline const char* find_or_newline(const char* p, char c, bool& backslash) {
  const __m128i wanted = _mm_set1_epi8(c);
  const __m128i newline = _mm_set1_epi8('\n');
  const __m128i escape = _mm_set1_epi8('\\');
  __m128i escapes = _mm_setzero_si128();
  for (;; p += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    escapes = _mm_or_si128(escapes, _mm_cmpeq_epi8(bytes, escape));
    const __m128i hits =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, wanted), _mm_cmpeq_epi8(bytes, newline));
    const auto mask = static_cast<unsigned>(_mm_movemask_epi8(hits));
    if (mask == 0) continue;
    backslash = _mm_movemask_epi8(escapes) != 0;
    return p + std::countr_zero(mask);
  }
}

#else

inline const char* find_or_newline(const char* p, char c) {
  while (*p != c && *p != '\n') ++p;
  return p;
}

inline const char* find_or_newline(const char* p, char c, bool& backslash) {
  backslash = false;
  for (; *p != c && *p != '\n'; ++p) backslash = backslash || *p == '\\';
  return p;
}

#endif

}  // namespace wayside
