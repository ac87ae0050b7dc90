#pragma once

#include <cstring>

#include "collectors/access_log/format/number_text.h"
#include "collectors/access_log/format/scan.h"

namespace wayside {

// The strings and scalars of JSON within a block of whole lines (see scan.h), strict in all that
// RFC 8259 says: what is read over here is well-formed, whether anybody wants it or not.

namespace detail {

// The end of a string from the first byte on that is not plain ASCII: escapes and UTF-8 are
// looked at one by one. Null where the string is malformed or does not end in its line.
const char* end_of_uneasy_string(const char* p, bool& escapes);
// The end of any number, true, false or null; null where there is none.
const char* end_of_any_token(const char* p);

#if defined(__SSE2__)

// Which of 16 bytes end a search: quotes, backslashes, and by a signed comparison both control
// characters and whatever is no ASCII.
inline __m128i uneasy16(const char* p) {
  const __m128i bytes = load16(p);
  return _mm_or_si128(_mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)),
                      _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                   _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))));
}

inline std::uint64_t uneasy64(const char* p) {
  std::uint64_t mask = 0;
  for (std::size_t i = 0; i < 4; ++i) mask |= bits(uneasy16(p + 16 * i)) << (16 * i);
  return mask;
}

inline const char* find_uneasy(const char* p) {
  for (;; p += 16) {
    const std::uint64_t mask = bits(uneasy16(p));
    if (mask != 0) return p + std::countr_zero(mask);
  }
}

// The same, 64 bytes at a time: for what is far.
inline const char* find_far_uneasy(const char* p) {
  for (;; p += 64) {
    const std::uint64_t mask = uneasy64(p);
    if (mask != 0) return p + std::countr_zero(mask);
  }
}

#else

inline const char* find_uneasy(const char* p) {
  while (static_cast<signed char>(*p) >= 0x20 && *p != '"' && *p != '\\') ++p;
  return p;
}

inline const char* find_far_uneasy(const char* p) {
  return find_uneasy(p);
}

#endif

}  // namespace detail

// The closing quote of the string whose first byte is at `p`; null where it is malformed.
// `escapes` is set where it holds a backslash.
inline const char* end_of_json_string(const char* p, bool& escapes) {
  const char* const stop = detail::find_uneasy(p);
  if (*stop == '"') return stop;
  return detail::end_of_uneasy_string(stop, escapes);
}

// Whether `c` may begin a number, true, false or null.
inline bool begins_json_token(char c) {
  return is_digit(c) || c == '-' || c == 't' || c == 'f' || c == 'n';
}

// Behind the number, true, false or null at `p`; null where there is none. What follows it is
// the caller's to look at.
inline const char* end_of_json_token(const char* p) {
  const FastUnsigned whole = fast_unsigned(p);
  if (whole.digits == 0 || whole.digits == 8 || (*p == '0' && whole.digits > 1)) {
    return detail::end_of_any_token(p);
  }
  const char* end = p + whole.digits;
  if (*end == '.') {
    const FastUnsigned fraction = fast_unsigned(end + 1);
    if (fraction.digits == 0 || fraction.digits == 8) return detail::end_of_any_token(p);
    end += 1 + fraction.digits;
  }
  return (*end | 0x20) == 'e' ? detail::end_of_any_token(p) : end;
}

}  // namespace wayside
