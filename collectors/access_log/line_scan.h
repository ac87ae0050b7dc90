#pragma once

#include <string_view>

#include "collectors/access_log/log_format.h"
#include "collectors/access_log/number_text.h"
#include "collectors/access_log/scan.h"

namespace wayside {

// Where a value ends and the next one begins; null where its literal is not in the line.
struct ValueEnd {
  const char* end = nullptr;
  const char* next = nullptr;
};

namespace detail {

inline bool literal_tail_at(const char* p, const FormatStep& step) {
  // Stops at the first difference, at the latest at the line's end.
  for (std::size_t i = 8; i < step.literal.size(); ++i) {
    if (p[i] != step.literal[i]) return false;
  }
  return true;
}

// Whether the quote at `p` belongs to the value `[from, p]`: an odd number of backslashes hides
// it. nginx writes `\x22`; other servers write `\"`.
inline bool is_hidden_quote(const char* from, const char* p) {
  const char* first = p;
  while (first > from && first[-1] == '\\') --first;
  return (p - first) % 2 == 1;
}

// Whether the space at `p` belongs to a list that began at `from`: it stands in a ", " or a " : ".
inline bool is_within_list(const char* from, const char* p) {
  if (p[1] == ':' && p[2] == ' ') return true;
  if (p == from) return false;
  return p[-1] == ',' || (p[-1] == ':' && p - from >= 2 && p[-2] == ' ');
}

// Whether the last literal stands at `p` with "\r\n" instead of its "\n".
inline bool literal_with_cr_at(const char* p, const FormatStep& step) {
  const std::size_t size = step.literal.size() - 1;
  for (std::size_t i = 0; i < size; ++i) {
    if (p[i] != step.literal[i]) return false;
  }
  return p[size] == '\r' && p[size + 1] == '\n';
}

}  // namespace detail

// Whether the step's literal stands at `p`, which lies in a line.
inline bool literal_at(const char* p, const FormatStep& step) {
  return ((load<std::uint64_t>(p) ^ step.head) & step.mask) == 0 &&
         (step.size <= 8 || detail::literal_tail_at(p, step));
}

// Whether the value that begins at `from` ends at `p`, where the literal stands.
inline bool ends_at(const char* from, const char* p, const FormatStep& step) {
  if (!literal_at(p, step)) return false;
  if (step.list) return !detail::is_within_list(from, p);
  return !step.quoted || p == from || p[-1] != '\\' || !detail::is_hidden_quote(from, p);
}

// The end of the value that begins at `from`: the first place at which the whole literal of
// `step` stands, where it is not part of the value by the rules of quotes and lists.
template <bool kEscapes>
ValueEnd find_value_end(const char* from, const FormatStep& step, bool& backslash) {
  for (const char* p = from;; ++p) {
    if constexpr (kEscapes) {
      bool found = false;
      p = find_or_newline(p, step.first, found);
      backslash |= found;
    } else {
      p = find_or_newline(p, step.first);
    }
    if (ends_at(from, p, step)) {
      const bool cr = step.first == '\n' && p > from && p[-1] == '\r';
      return {.end = cr ? p - 1 : p, .next = p + step.size};
    }
    if (*p == '\n') return {};
    if (step.last && detail::literal_with_cr_at(p, step)) {
      return {.end = p, .next = p + step.size + 1};
    }
  }
}

inline ValueEnd find_value_end(const char* from, const FormatStep& step) {
  bool unused = false;
  return find_value_end<false>(from, step, unused);
}

}  // namespace wayside
