#pragma once

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string_view>

namespace wayside {

// Reading the kernel's tables, which are lines of words: each function takes what it gives off the
// front of `text`. Views point into `text`.

inline std::string_view next_line(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  return line;
}

// A table without the line at its end that was cut off, whose last figure may be half; a text that
// has no line's end is left as it is.
inline std::string_view whole_lines(std::string_view text) {
  const std::size_t end = text.rfind('\n');
  return end == std::string_view::npos ? text : text.substr(0, end + 1);
}

// Empty at the end of the text.
inline std::string_view next_word(std::string_view& text) {
  constexpr std::string_view kSpaces = " \t\n";
  text.remove_prefix(std::min(text.find_first_not_of(kSpaces), text.size()));
  const std::string_view word = text.substr(0, text.find_first_of(kSpaces));
  text.remove_prefix(word.size());
  return word;
}

// What stands before the next space, which may be nothing, and without the space.
inline std::string_view next_field(std::string_view& text) {
  const std::string_view field = text.substr(0, text.find(' '));
  text.remove_prefix(std::min(field.size() + 1, text.size()));
  return field;
}

// The whole of `word` as a number; nothing where it is none or out of the type's range.
template <typename Number>
std::optional<Number> number_in(std::string_view word) {
  Number number{};
  const auto [end, code] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (code != std::errc{} || end != word.data() + word.size()) return std::nullopt;
  return number;
}

template <typename Number>
std::optional<Number> next_number(std::string_view& text) {
  return number_in<Number>(next_word(text));
}

}  // namespace wayside
