#pragma once

#include <cstddef>
#include <string_view>

namespace wayside {

// What stands at the front of a text: a whole character, or the maximal part of an ill-formed
// one that a decoder replaces as a unit (Unicode 15, 3.9, table 3-7 and "best practice").
struct Utf8Step {
  std::size_t size = 0;  // bytes; 0 only for an empty text
  bool valid = false;
};
Utf8Step utf8_step(std::string_view text);

}  // namespace wayside
