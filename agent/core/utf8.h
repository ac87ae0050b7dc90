#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wayside {

// What stands at the front of a text: a whole character, or the maximal part of an ill-formed
// one that a decoder replaces as a unit (Unicode 15, 3.9, table 3-7 and "best practice").
struct Utf8Step {
  std::size_t size = 0;  // bytes; 0 only for an empty text
  bool valid = false;
};
Utf8Step utf8_step(std::string_view text);

// Writes a character, at most four bytes, and returns the end. `point` is at most 0x10FFFF.
char* write_utf8(std::uint32_t point, char* out);

}  // namespace wayside
