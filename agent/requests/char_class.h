#pragma once

#include <array>
#include <cstdint>
#include <string_view>

// What kind of byte stands in a path, as bits, so that one pass over a segment tells what is in
// it. RFC 3986 gives the alphabet; what is `strange` is never shown in a template.
namespace wayside::chars {

inline constexpr std::uint16_t kLower = 1;       // g-z
inline constexpr std::uint16_t kHexLower = 2;    // a-f
inline constexpr std::uint16_t kUpper = 4;       // G-Z
inline constexpr std::uint16_t kHexUpper = 8;    // A-F
inline constexpr std::uint16_t kDigit = 16;      // 0-9
inline constexpr std::uint16_t kDash = 32;       // - _
inline constexpr std::uint16_t kDot = 64;        // .
inline constexpr std::uint16_t kMark = 128;      // : @ + ~ $
inline constexpr std::uint16_t kOdd = 256;       // , =
inline constexpr std::uint16_t kPercent = 512;   // %
inline constexpr std::uint16_t kStrange = 1024;  // anything else
inline constexpr std::uint16_t kStop = 2048;     // / ? # ;
inline constexpr std::uint16_t kAnyLower = kLower | kHexLower;
inline constexpr std::uint16_t kAnyUpper = kUpper | kHexUpper;
inline constexpr std::uint16_t kLetter = kAnyLower | kAnyUpper;

constexpr std::uint16_t class_of(unsigned char c) {
  constexpr std::string_view kMarks = ":@+~$";
  constexpr std::string_view kStops = "/?#;";
  const char as_char = static_cast<char>(c);
  if (c >= 'a' && c <= 'z') return c <= 'f' ? kHexLower : kLower;
  if (c >= 'A' && c <= 'Z') return c <= 'F' ? kHexUpper : kUpper;
  if (c >= '0' && c <= '9') return kDigit;
  if (c == '-' || c == '_') return kDash;
  if (c == '.') return kDot;
  if (c == ',' || c == '=') return kOdd;
  if (c == '%') return kPercent;
  if (kMarks.find(as_char) != std::string_view::npos) return kMark;
  if (kStops.find(as_char) != std::string_view::npos) return kStop;
  return kStrange;
}

inline constexpr std::array<std::uint16_t, 256> kTable = [] {
  std::array<std::uint16_t, 256> table{};
  for (unsigned c = 0; c < 256; ++c) table[c] = class_of(static_cast<unsigned char>(c));
  return table;
}();

inline std::uint16_t of(char c) {
  return kTable[static_cast<unsigned char>(c)];
}
inline bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
inline bool is_hex(char c) {
  return (of(c) & (kDigit | kHexLower | kHexUpper)) != 0;
}

}  // namespace wayside::chars
