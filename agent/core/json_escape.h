#pragma once

#include <array>
#include <cstddef>

namespace wayside {

// The escapes of JSON strings, strict in all that RFC 8259, 7 says. Each of these is given the
// backslash, and reads no further than the first byte that belongs to none: a quote or a newline
// has to stand somewhere behind.

namespace detail {

// What stands for itself or a control character behind a backslash; zero: nothing does.
inline constexpr std::array<char, 256> kJsonSimple = [] {
  std::array<char, 256> table{};
  table['"'] = '"';
  table['\\'] = '\\';
  table['/'] = '/';
  table['b'] = '\b';
  table['f'] = '\f';
  table['n'] = '\n';
  table['r'] = '\r';
  table['t'] = '\t';
  return table;
}();

inline char json_simple(char c) {
  return kJsonSimple[static_cast<unsigned char>(c)];
}

bool is_json_unicode(const char* p);
char* undo_json_unicode(const char*& p, char* out);

}  // namespace detail

// The size of one escape; 0 where it is none. Each half of a surrogate pair is one.
inline std::size_t json_escape_size(const char* p) {
  if (detail::json_simple(p[1]) != '\0') return 2;
  return detail::is_json_unicode(p) ? 6 : 0;
}

// Writes what the escape stands for, at most four bytes, and returns the end; null where it is
// none. `p` is moved behind it, behind both halves of a surrogate pair; half a pair becomes
// U+FFFD.
inline char* undo_json_escape(const char*& p, char* out) {
  const char simple = detail::json_simple(p[1]);
  if (simple == '\0') return detail::undo_json_unicode(p, out);
  *out++ = simple;
  p += 2;
  return out;
}

}  // namespace wayside
