#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace wayside {

// The wire format of protobuf, as far as an exposition needs it. Each function writes at `out`,
// where there is room and kSlack bytes behind it, and returns the end.
// https://protobuf.dev/programming-guides/encoding/
enum class WireType : std::uint8_t { varint = 0, fixed64 = 1, bytes = 2 };

inline constexpr std::size_t kMaxVarint = 10;
inline constexpr std::size_t kSlack = 8;

constexpr char proto_tag(unsigned field, WireType type) {
  return static_cast<char>(field << 3 | static_cast<unsigned>(type));  // of fields up to 15
}

// A byte for every seven bits: nine 64ths are near enough to a seventh for all that there are.
constexpr std::size_t varint_size(std::uint64_t value) {
  return (static_cast<std::size_t>(std::bit_width(value | 1)) * 9 + 64) / 64;
}

// Most lengths take one byte. Up to 35 bits, which is nearly every number, are spread over five
// bytes without a loop.
inline char* write_varint(char* out, std::uint64_t value) {
  constexpr std::uint64_t kMore = 0x80;
  if (value < kMore) {
    *out = static_cast<char>(value);
    return out + 1;
  }
  if (value >> 35 == 0) {
    const std::size_t size = varint_size(value);
    const std::uint64_t spread = (value & 0x7F) | (value & 0x7F << 7) << 1 |
                                 (value & 0x7F << 14) << 2 | (value & 0x7F << 21) << 3 |
                                 (value & std::uint64_t{0x7F} << 28) << 4;
    const std::uint64_t more = 0x80808080 & ((std::uint64_t{1} << 8 * (size - 1)) - 1);
    const std::uint64_t bytes = spread | more;
    static_assert(sizeof bytes == kSlack && std::endian::native == std::endian::little);
    std::memcpy(out, &bytes, sizeof bytes);
    return out + size;
  }
  for (; value >= kMore; value >>= 7) *out++ = static_cast<char>(value | kMore);
  *out++ = static_cast<char>(value);
  return out;
}

// Numbers near zero are short, of either sign.
constexpr std::uint64_t zigzag(std::int64_t value) {
  return static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
}

inline char* write_varint_field(char* out, unsigned field, std::uint64_t value) {
  *out++ = proto_tag(field, WireType::varint);
  return write_varint(out, value);
}

inline constexpr std::size_t kDoubleField = 9;

inline char* write_double_field(char* out, unsigned field, double value) {
  static_assert(std::endian::native == std::endian::little, "fixed64 is little-endian");
  *out++ = proto_tag(field, WireType::fixed64);
  std::memcpy(out, &value, sizeof value);
  return out + sizeof value;
}

inline char* write_text(char* out, std::string_view text) {
  if (!text.empty()) std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

// A tag and a length; as many bytes are to follow.
inline char* write_length(char* out, unsigned field, std::size_t size) {
  *out++ = proto_tag(field, WireType::bytes);
  // Lengths that follow each other mostly have as many bytes: what is predicted costs nothing.
  if (size < 0x80 || size >= 0x4000) return write_varint(out, size);
  *out++ = static_cast<char>(size | 0x80);
  *out++ = static_cast<char>(size >> 7);
  return out;
}

}  // namespace wayside
