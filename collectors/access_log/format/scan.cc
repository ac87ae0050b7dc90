#include "collectors/access_log/format/scan.h"

#include <array>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace wayside {
namespace {

// Portable: a byte at a time.
const char* find_plainly(const char* p, char c) {
  while (*p != c && *p != '\n') ++p;
  return p;
}

const char* find_and_note_plainly(const char* p, char c, bool& backslash) {
  for (; *p != c && *p != '\n'; ++p) backslash = backslash || *p == '\\';
  return p;
}

#if defined(__x86_64__)

// Which of 64 bytes are `c` or a newline, and which are backslashes.
struct Found {
  std::uint64_t ends;
  std::uint64_t backslashes;
};

// The first end, with what the backslashes before it tell.
const char* note(const char* p, const Found& found, bool& backslash) {
  const std::uint64_t before = (found.ends & (0 - found.ends)) - 1;  // all, where there is no end
  backslash = backslash || (found.backslashes & before) != 0;
  return found.ends == 0 ? nullptr : p + std::countr_zero(found.ends);
}

template <bool kNote>
Found look_sse2(const char* p, char c) {
  Found found{};
  for (std::size_t i = 0; i < 4; ++i) {
    const __m128i bytes = detail::load16(p + 16 * i);
    const __m128i ends = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)),
                                      _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')));
    found.ends |= detail::bits(ends) << (16 * i);
    if (kNote) {
      found.backslashes |= detail::bits(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))) << (16 * i);
    }
  }
  return found;
}

const char* find_sse2(const char* p, char c) {
  for (;; p += 64) {
    const Found found = look_sse2<false>(p, c);
    if (found.ends != 0) return p + std::countr_zero(found.ends);
  }
}

const char* find_and_note_sse2(const char* p, char c, bool& backslash) {
  for (;; p += 64) {
    const char* const at = note(p, look_sse2<true>(p, c), backslash);
    if (at != nullptr) return at;
  }
}

[[gnu::target("avx2")]] inline std::uint64_t equal_avx2(__m256i low, __m256i high, char c) {
  const __m256i wanted = _mm256_set1_epi8(c);
  const auto of_low = static_cast<unsigned>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, wanted)));
  const auto of_high = static_cast<unsigned>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, wanted)));
  return std::uint64_t{of_high} << 32 | of_low;
}

template <bool kNote>
[[gnu::target("avx2")]] Found look_avx2(const char* p, char c) {
  const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
  const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p + 32));
  return {.ends = equal_avx2(low, high, c) | equal_avx2(low, high, '\n'),
          .backslashes = kNote ? equal_avx2(low, high, '\\') : 0};
}

[[gnu::target("avx2")]] const char* find_avx2(const char* p, char c) {
  for (;; p += 64) {
    const Found found = look_avx2<false>(p, c);
    if (found.ends != 0) return p + std::countr_zero(found.ends);
  }
}

[[gnu::target("avx2")]] const char* find_and_note_avx2(const char* p, char c, bool& backslash) {
  for (;; p += 64) {
    const char* const at = note(p, look_avx2<true>(p, c), backslash);
    if (at != nullptr) return at;
  }
}

template <bool kNote>
[[gnu::target("avx512bw")]] Found look_avx512(const char* p, char c) {
  const __m512i bytes = _mm512_loadu_si512(p);
  return {.ends = _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(c)) |
                  _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\n')),
          .backslashes = kNote ? _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\\')) : 0};
}

[[gnu::target("avx512bw")]] const char* find_avx512(const char* p, char c) {
  for (;; p += 64) {
    const Found found = look_avx512<false>(p, c);
    if (found.ends != 0) return p + std::countr_zero(found.ends);
  }
}

[[gnu::target("avx512bw")]] const char* find_and_note_avx512(const char* p, char c,
                                                             bool& backslash) {
  for (;; p += 64) {
    const char* const at = note(p, look_avx512<true>(p, c), backslash);
    if (at != nullptr) return at;
  }
}

#endif

constexpr std::array kScanners = {
#if defined(__x86_64__)
    Scanner{"avx512bw", find_avx512, find_and_note_avx512},
    Scanner{"avx2", find_avx2, find_and_note_avx2},
    Scanner{"sse2", find_sse2, find_and_note_sse2},
#endif
    Scanner{"portable", find_plainly, find_and_note_plainly},
};

std::size_t best() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512bw")) return 0;
  if (__builtin_cpu_supports("avx2")) return 1;
  return 2;
#else
  return 0;
#endif
}

}  // namespace

std::span<const Scanner> scanners() {
  return std::span<const Scanner>(kScanners).subspan(best());
}

const Scanner& best_scanner() {
  static const Scanner& scanner = scanners().front();
  return scanner;
}

}  // namespace wayside
