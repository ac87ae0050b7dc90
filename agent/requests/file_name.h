#pragma once

#include <cstddef>
#include <string_view>

#include "agent/requests/char_class.h"

namespace wayside {

// How a run of letters and digits is made up. `switches` counts neighbours of different classes
// (lower, upper, digit), but not a capital before a small letter: words begin so.
struct RunShape {
  std::size_t digits = 0;
  std::size_t upper = 0;
  std::size_t lower = 0;
  std::size_t switches = 0;
  bool hex = true;
};
RunShape shape_of_run(std::string_view text);

// Calls `fn(run, at_edge)` for every longest run of letters and digits in `text`; at_edge: the
// first or the last.
template <typename Fn>
void for_each_run(std::string_view text, Fn fn) {
  const auto joins = [](char c) { return (chars::of(c) & (chars::kLetter | chars::kDigit)) == 0; };
  std::size_t begin = 0;
  while (begin < text.size()) {
    std::size_t end = begin;
    while (end < text.size() && !joins(text[end])) ++end;
    if (end > begin) fn(text.substr(begin, end - begin), begin == 0 || end == text.size());
    begin = end + 1;
  }
}

// A name with an extension: up to five letters and digits, a letter first ("app.js", "x.woff2").
bool is_file_name(std::string_view segment);

// A file name that a build or a database made: with a hash or a number in it, and so one of
// many. Error pages such as 404.html are none.
bool is_minted_file_name(std::string_view file_name);

}  // namespace wayside
