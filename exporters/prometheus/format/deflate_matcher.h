#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "exporters/prometheus/format/deflate_tokens.h"

namespace wayside {

// Finds what a piece of a page repeats of itself. A line of metrics is nearly the line before:
// the same up to some label, and again from there to the value. So only the places count at which
// something may begin again: where a repetition ended, and where a word does. For each of them the
// last place that began with the same six bytes is tried, and nothing else.
//
// What a piece does not hold itself is not looked for: it is read where it is, without a copy and
// without a window kept of what was before. One thread.
class DeflateMatcher {
 public:
  static constexpr std::size_t kMaxPiece = 65'536;

  // `piece` stays as it is until all of it is taken.
  void begin(std::string_view piece);
  // Adds tokens; false: they are full, and there is more.
  bool take(Tokens& out);

 private:
  static constexpr unsigned kTableBits = 12;
  static constexpr std::size_t kSureMatch = 6;  // bytes
  static constexpr std::ptrdiff_t kReach = 17;  // what the search for the next place reads

  static std::size_t hash_of(std::uint64_t bytes);
  [[nodiscard]] const char* known(const char* at);
  static Token* add_match(Token* out, std::size_t length, std::size_t distance);
  static void add_rest(const char* at, const char* end, Tokens& out);

  const char* start_ = nullptr;
  const char* at_ = nullptr;
  const char* end_ = nullptr;
  std::array<std::uint16_t, 1U << kTableBits> table_;  // places, counted from the start
};

}  // namespace wayside
