#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "agent/requests/hash.h"

namespace wayside {

// A path with each number that is an id brought to one byte: "/api/students/123/orders?page=2" is
// "/api/students/\1/orders". Paths of one key have one template, so that a route met before is
// found without writing its template out. Zero behind its end; all zero: no key.
struct alignas(64) PathKey {
  static constexpr std::size_t kSize = 64;
  static constexpr char kId = 1;

  std::array<char, kSize> bytes{};

  [[nodiscard]] std::uint64_t hash(std::uint64_t seed) const {
    using namespace detail;
    std::uint64_t hash = seed;
    std::uint64_t key = kOdd1 ^ seed;
    for (std::size_t at = 0; at < kSize; at += 16, key += kOdd3) {
      hash ^= fold(load8(bytes.data() + at) ^ key, load8(bytes.data() + at + 8) ^ kOdd2 ^ seed);
    }
    return fold(hash, kOdd1);
  }
  // All bytes are looked at: nothing branches on where two keys differ.
  friend bool operator==(const PathKey& a, const PathKey& b) {
    std::uint64_t differ = 0;
    for (std::size_t at = 0; at < kSize; at += 8) {
      differ |= detail::load8(a.bytes.data() + at) ^ detail::load8(b.bytes.data() + at);
    }
    return differ == 0;
  }
};

// Finds the key of paths.
struct PathKeyer {
  std::string_view name;  // of the instructions it is made of
  // Of the path at the front of `target`, up to its query. False, with `key` of no use, where it
  // has none: it is longer than a key, or has a byte other than letters, digits and "/-._", a
  // segment that begins with a digit and is no number, or a number of eight digits, which may be a
  // date. 64 bytes from the target's beginning are readable.
  bool (*find)(const char* target, std::size_t size, PathKey& key);
};

// What this processor has, the best first; the last is portable C++. Decided at each call.
std::span<const PathKeyer> path_keyers();

// The best, decided once.
const PathKeyer& best_path_keyer();

// The key that all paths of a template have, and that no path of another one has; all zero where
// there is no such key, as for a template with a placeholder other than `:id`.
PathKey key_of_template(std::string_view text);

}  // namespace wayside
