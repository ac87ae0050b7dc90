#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace wayside {

// A hash for tables in memory, seeded so that a peer cannot choose texts that collide. Never
// stored. Sixteen bytes at a step, and no step waits for the one before it: folded products of
// 64 by 64 bits, as in the family of hashes that wyhash began.
namespace detail {

inline constexpr std::uint64_t kOdd1 = 0x9e3779b97f4a7c15U;
inline constexpr std::uint64_t kOdd2 = 0xc2b2ae3d27d4eb4fU;
inline constexpr std::uint64_t kOdd3 = 0x165667b19e3779f9U;

inline std::uint64_t fold(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = Wide{a} * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

inline std::uint64_t load8(const char* p) {
  std::uint64_t word = 0;
  std::memcpy(&word, p, 8);
  return word;
}

// At most eight bytes, as one number; what it leaves open the size tells.
inline std::uint64_t load_short(const char* p, std::size_t size) {
  if (size == 8) return load8(p);
  if (size >= 4) {
    std::uint32_t low = 0;
    std::uint32_t high = 0;
    std::memcpy(&low, p, 4);
    std::memcpy(&high, p + size - 4, 4);
    return (std::uint64_t{high} << 32) | low;
  }
  if (size == 0) return 0;
  const auto byte = [](char c) { return std::uint64_t{static_cast<unsigned char>(c)}; };
  return byte(p[0]) | byte(p[size / 2]) << 8 | byte(p[size - 1]) << 16;
}

}  // namespace detail

inline std::uint64_t hash_text(std::string_view text, std::uint64_t seed) {
  using namespace detail;
  const char* const p = text.data();
  const std::size_t size = text.size();
  std::uint64_t hash = seed ^ (size * kOdd2);
  if (size <= 8) return fold(load_short(p, size) ^ kOdd1 ^ seed, hash ^ kOdd3);
  std::uint64_t key = kOdd1 ^ seed;
  for (std::size_t at = 0; at + 16 < size; at += 16, key += kOdd3) {
    hash ^= fold(load8(p + at) ^ key, load8(p + at + 8) ^ kOdd2 ^ seed);
  }
  // The last sixteen bytes, of which some may have been taken; of fewer than sixteen, all.
  const char* const last = size < 16 ? p : p + size - 16;
  hash ^= fold(load8(last) ^ kOdd3 ^ seed, load8(p + size - 8) ^ kOdd1);
  return fold(hash, kOdd1);
}

// Whether two texts are one, without the call that a comparison of strings is: most are short.
inline bool same_text(std::string_view a, std::string_view b) {
  using namespace detail;
  if (a.size() != b.size()) return false;
  if (a.size() < 8) return load_short(a.data(), a.size()) == load_short(b.data(), b.size());
  const std::size_t last = a.size() - 8;
  for (std::size_t at = 0; at < last; at += 8) {
    if (load8(a.data() + at) != load8(b.data() + at)) return false;
  }
  return load8(a.data() + last) == load8(b.data() + last);
}

}  // namespace wayside
