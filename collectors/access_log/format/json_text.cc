#include "collectors/access_log/format/json_text.h"

#include <cstdint>

#include "agent/core/utf8.h"

namespace wayside {
namespace {

constexpr std::uint32_t kReplacement = 0xFFFD;

std::uint32_t hex4(std::string_view text) {
  std::uint32_t value = 0;
  for (const char c : text.substr(0, 4)) {
    const int digit = c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
    value = value * 16 + static_cast<std::uint32_t>(digit);
  }
  return value;
}

bool is_high(std::uint32_t unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}

bool is_low(std::uint32_t unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

// Takes "\uXXXX", or two that make a pair, off the front of `text`.
std::uint32_t take_unicode(std::string_view& text) {
  const std::uint32_t unit = hex4(text.substr(2));
  text.remove_prefix(6);
  if (is_low(unit)) return kReplacement;
  if (!is_high(unit)) return unit;
  if (text.size() < 6 || text[0] != '\\' || text[1] != 'u') return kReplacement;
  const std::uint32_t second = hex4(text.substr(2));
  if (!is_low(second)) return kReplacement;
  text.remove_prefix(6);
  return 0x10000 + ((unit - 0xD800) << 10) + (second - 0xDC00);
}

char simple(char c) {
  switch (c) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return c;
  }
}

}  // namespace

std::size_t decode_json(std::string_view text, char* out) {
  char* to = out;
  while (!text.empty()) {
    if (text.front() != '\\' || text.size() == 1) {
      *to++ = text.front();
      text.remove_prefix(1);
    } else if (text[1] == 'u' && text.size() >= 6) {
      to = write_utf8(take_unicode(text), to);
    } else {
      *to++ = simple(text[1]);
      text.remove_prefix(2);
    }
  }
  return static_cast<std::size_t>(to - out);
}

std::string_view JsonScratch::decode(std::string_view text) {
  if (text.size() > kRoom - used_) return text;
  if (!room_) room_ = std::make_unique<char[]>(kRoom);
  char* const out = room_.get() + used_;
  const std::size_t size = decode_json(text, out);
  used_ += size;
  return {out, size};
}

std::string_view JsonScratch::keep(std::string_view text) {
  if (text.size() > kRoom - used_) return {};
  if (!room_) room_ = std::make_unique<char[]>(kRoom);
  char* const out = room_.get() + used_;
  used_ += text.copy(out, text.size());
  return {out, text.size()};
}

}  // namespace wayside
