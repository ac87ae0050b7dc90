#pragma once

#include <algorithm>
#include <array>
#include <cstring>

#include "collectors/access_log/format/json_scan.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace wayside {

// The searches and comparisons of JsonShapes, for any processor and for those with AVX2. Each may
// read up to 64 bytes behind a line's newline (see scan.h).
inline constexpr std::size_t kShapeHead = 32;

struct AnyProcessor {
  // Whether the bytes at `p` are those of `head` wherever `mask` has bits.
  static bool matches(const char* p, const char* head, const char* mask) {
#if defined(__SSE2__)
    const auto differs = [=](std::size_t at) {
      const __m128i difference = _mm_xor_si128(detail::load16(p + at), detail::load16(head + at));
      return _mm_and_si128(difference, detail::load16(mask + at));
    };
    const __m128i any = _mm_or_si128(differs(0), differs(16));
    return detail::bits(_mm_cmpeq_epi8(any, _mm_setzero_si128())) == 0xFFFF;
#else
    for (std::size_t i = 0; i < kShapeHead; ++i) {
      if (((p[i] ^ head[i]) & mask[i]) != 0) return false;
    }
    return true;
#endif
  }
  // The first byte of a string that is not plain: see json_scan.h.
  static const char* find_uneasy(const char* p) {
    return detail::find_uneasy(p);
  }
  static const char* find_far_uneasy(const char* p) {
    return detail::find_far_uneasy(p);
  }
};

#if defined(__x86_64__)

// Each of these is for processors with AVX2 alone, and is inlined into code that is, too.
struct Avx2Processor {
  [[gnu::target("avx2")]] static bool matches(const char* p, const char* head, const char* mask) {
    return _mm256_testz_si256(_mm256_xor_si256(load(p), load(head)), load(mask)) != 0;
  }
  [[gnu::target("avx2")]] static const char* find_uneasy(const char* p) {
    for (;; p += 32) {
      const std::uint32_t mask = uneasy(p);
      if (mask != 0) return p + std::countr_zero(mask);
    }
  }
  [[gnu::target("avx2")]] static const char* find_far_uneasy(const char* p) {
    for (;; p += 64) {
      const std::uint64_t mask = uneasy(p) | std::uint64_t{uneasy(p + 32)} << 32U;
      if (mask != 0) return p + std::countr_zero(mask);
    }
  }

 private:
  [[gnu::target("avx2")]] static __m256i load(const char* p) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
  }
  [[gnu::target("avx2")]] static std::uint32_t uneasy(const char* p) {
    const __m256i bytes = load(p);
    const __m256i special = _mm256_or_si256(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"')),
                                            _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\\')));
    const __m256i other = _mm256_cmpgt_epi8(_mm256_set1_epi8(0x20), bytes);
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_or_si256(special, other)));
  }
};

inline bool has_avx2() {
  return __builtin_cpu_supports("avx2") != 0;
}

#else

inline bool has_avx2() {
  return false;
}

#endif

}  // namespace wayside
