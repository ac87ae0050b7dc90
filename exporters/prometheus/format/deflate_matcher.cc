#include "exporters/prometheus/format/deflate_matcher.h"

#include <algorithm>

#include "exporters/prometheus/format/deflate_bytes.h"

namespace wayside {

// The longest match is many of kMaxMatch, and a rest has less than kReach bytes.
static_assert(Tokens::kSlack >= 2 * (DeflateMatcher::kMaxPiece / (kMaxMatch - kMinMatch) + 1) + 64);

void DeflateMatcher::begin(std::string_view piece) {
  start_ = at_ = piece.data();
  end_ = start_ + piece.size();
  table_.fill(0);
}

bool DeflateMatcher::take(Tokens& out) {
  const char* at = at_;
  const char* const end = end_;
  Token* token = out.tokens.data() + out.size;
  const Token* const full = out.tokens.data() + Tokens::kCapacity;
  while (end - at >= kReach && token < full) {
    if (const char* const before = known(at); before != nullptr) {
      const std::size_t length = common_length(before, at, end);
      token = add_match(token, length, static_cast<std::size_t>(at - before));
      at += length;
    } else {
      widen_16(at, token);  // of these only those before the next place stay
      const std::size_t bytes = std::min<std::size_t>(1 + to_separator(at + 1), 16);
      token += bytes;
      at += bytes;
    }
  }
  out.size = static_cast<std::size_t>(token - out.tokens.data());
  at_ = at;
  if (end - at >= kReach) return false;
  add_rest(at, end, out);
  at_ = end;
  return true;
}

std::size_t DeflateMatcher::hash_of(std::uint64_t bytes) {
  return bytes * 0x9e37'79b9'7f4a'7c15U >> (64 - kTableBits);
}

// The last place that began as `at` does, or null. `at` takes its stead. Whatever the table holds
// is a place of the piece, so that it need not say which entries were never set.
inline const char* DeflateMatcher::known(const char* at) {
  constexpr unsigned kUnused = 64 - 8 * kSureMatch;
  const std::uint64_t bytes = load_8(at) << kUnused;
  std::uint16_t& entry = table_[hash_of(bytes)];
  const char* const before = start_ + entry;
  entry = static_cast<std::uint16_t>(at - start_);
  const bool alike = load_8(before) << kUnused == bytes;
  const auto distance = static_cast<std::size_t>(at - before);
  return alike && distance - 1 < kWindow ? before : nullptr;
}

// No part may be shorter than kMinMatch.
inline Token* DeflateMatcher::add_match(Token* out, std::size_t length, std::size_t distance) {
  const Token back = distance_token(distance);
  while (length > kMaxMatch) {
    const std::size_t part = std::min(kMaxMatch, length - kMinMatch);
    *out++ = length_token(part);
    *out++ = back;
    length -= part;
  }
  *out++ = length_token(length);
  *out++ = back;
  return out;
}

void DeflateMatcher::add_rest(const char* at, const char* end, Tokens& out) {
  while (at != end) out.tokens[out.size++] = static_cast<unsigned char>(*at++);
}

}  // namespace wayside
