#pragma once

#include <bit>
#include <cstdint>

#include "agent/requests/path_key.h"

namespace wayside {

// What the first 64 bytes of a target are, a bit a byte, the first byte's lowest.
struct PathMasks {
  std::uint64_t digits = 0;
  std::uint64_t slashes = 0;
  std::uint64_t words = 0;  // letters and "-._"
};

// Which bytes of a path make its key.
struct PathShape {
  std::uint64_t kept = 0;  // ids' first digits included
  std::uint64_t ids = 0;   // their first digits
  bool has_key = false;
};

// The segments are not walked: a number is found by adding one at its first digit, which clears
// its digits and carries into the byte behind it.
inline PathShape path_shape(const PathMasks& masks, const char* target, std::size_t size) {
  const std::uint64_t other = ~(masks.digits | masks.slashes | masks.words);
  const auto bound = static_cast<unsigned>(std::countr_zero(other));
  const auto end = size < bound ? static_cast<unsigned>(size) : bound;
  if (end >= PathKey::kSize) return {};
  const std::uint64_t behind = std::uint64_t{1} << end;
  const std::uint64_t within = behind - 1;
  const std::uint64_t digits = masks.digits & within;
  const std::uint64_t slashes = masks.slashes & within;
  const std::uint64_t ids = slashes << 1 & digits;
  const std::uint64_t carried = digits + ids;
  const std::uint64_t unfinished = carried & ~digits & ~(slashes | behind);
  const std::uint64_t twos = digits & digits >> 1;
  const std::uint64_t fours = twos & twos >> 2;
  const std::uint64_t eights = ids & fours & fours >> 4 & ~(digits >> 8);
  const bool ended = end == size || target[end] == '?';
  const bool begun = (slashes & 1) != 0;
  return {.kept = within & ~(digits & ~carried & ~ids),
          .ids = ids,
          .has_key = ended && begun && (unfinished | eights) == 0};
}

}  // namespace wayside
