#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

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

}  // namespace detail
#endif

// The first `c` or '\n' at or after `p`: for what is near, so it is inlined and looks at 16 bytes.
#if defined(__SSE2__)
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
#else
inline const char* find_or_newline(const char* p, char c) {
  while (*p != c && *p != '\n') ++p;
  return p;
}
#endif

// The same for what is far: 64 bytes at a time, with few branches that depend on how far.
struct Scanner {
  std::string_view name;  // of the instructions it is made of
  const char* (*find)(const char* p, char c);
  // `backslash` is set where one stands in between.
  const char* (*find_and_note)(const char* p, char c, bool& backslash);
};

// What this processor has, the best first; the last is portable C++. Decided at each call.
std::span<const Scanner> scanners();

// The best, decided once.
const Scanner& best_scanner();

}  // namespace wayside
