#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace wayside {

// A hash for tables in memory, eight bytes at a step, seeded so that a peer cannot choose texts
// that collide. Never stored.
inline std::uint64_t mix(std::uint64_t a) {
  a *= 0x9e3779b97f4a7c15U;
  return a ^ (a >> 29);
}

inline std::uint64_t hash_text(std::string_view text, std::uint64_t seed) {
  std::uint64_t hash = seed ^ (text.size() * 0xc2b2ae3d27d4eb4fU);
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 8; at += 8, left -= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, 8);
    hash = mix(hash ^ word);
  }
  std::uint64_t tail = 0;
  if (left >= 4) {
    std::uint32_t low = 0;
    std::uint32_t high = 0;
    std::memcpy(&low, at, 4);
    std::memcpy(&high, at + left - 4, 4);
    tail = (std::uint64_t{high} << 32) | low;
  } else if (left > 0) {
    const auto byte = [](char c) { return std::uint64_t{static_cast<unsigned char>(c)}; };
    tail = byte(at[0]) | byte(at[left / 2]) << 8 | byte(at[left - 1]) << 16;
  }
  return mix(mix(hash ^ tail));
}

}  // namespace wayside
