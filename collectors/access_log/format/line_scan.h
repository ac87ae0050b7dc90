#pragma once

#include <string_view>

#include "collectors/access_log/format/log_format.h"
#include "collectors/access_log/format/number_text.h"
#include "collectors/access_log/format/scan.h"

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

inline bool ends_here(const char* from, const char* p, const FormatStep& step) {
  if (step.size > 8 && !literal_tail_at(p, step)) return false;
  if (step.list) return !is_within_list(from, p);
  return !step.quoted || p == from || p[-1] != '\\' || !is_hidden_quote(from, p);
}

}  // namespace detail

// Whether the value that begins at `from` ends at `p`: the literal stands there, and it is not
// part of the value by the rules of quotes and lists.
inline bool ends_at(const char* from, const char* p, const FormatStep& step) {
  if (((load<std::uint64_t>(p) ^ step.head) & step.mask) != 0) return false;
  return !step.needs_care() || detail::ends_here(from, p, step);
}

// What a search looks for besides the end. A long one compares 64 bytes at once, for values that
// seldom end within 16.
enum class Search : std::uint8_t { brief, lengthy, lengthy_with_escapes };

// The end of the value that begins at `from`, at the first place that can be it. `escapes` is
// set where the search looks for backslashes and one stands in the value.
template <Search kSearch>
ValueEnd find_value_end(const char* from, const FormatStep& step, const Scanner& scanner,
                        bool& escapes) {
  for (const char* p = from;; ++p) {
    if constexpr (kSearch == Search::brief) p = find_or_newline(p, step.first);
    if constexpr (kSearch == Search::lengthy) p = scanner.find(p, step.first);
    if constexpr (kSearch == Search::lengthy_with_escapes) {
      p = scanner.find_and_note(p, step.first, escapes);
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

// The end of a value that is short as a rule.
inline ValueEnd find_value_end(const char* from, const FormatStep& step) {
  static constexpr Scanner kNone{};
  bool unused = false;
  return find_value_end<Search::brief>(from, step, kNone, unused);
}

}  // namespace wayside
