#include "collectors/access_log/format/escapes.h"

namespace wayside {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

// The byte an escape of two characters stands for, or '\0'.
char simple_escape(char c) {
  switch (c) {
    case '"':
    case '\\':
      return c;
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'v':
      return '\v';
    default:
      return '\0';
  }
}

// "#22" is a quote. HAProxy's configuration manual, 8.6.
std::size_t unescape_hashes(std::string_view text, char* out) {
  char* to = out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '#' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    *to++ = low >= 0 ? static_cast<char>(high * 16 + low) : text[i];
    if (low >= 0) i += 2;
  }
  return static_cast<std::size_t>(to - out);
}

std::size_t unescape_quotes(std::string_view text, char* out) {
  char* to = out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '"') continue;
    *to++ = text[i];
  }
  return static_cast<std::size_t>(to - out);
}

}  // namespace

std::size_t unescape(std::string_view text, char* out) {
  char* to = out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      *to++ = text[i];
      continue;
    }
    const int high = i + 3 < text.size() ? hex_value(text[i + 2]) : -1;
    const int low = i + 3 < text.size() ? hex_value(text[i + 3]) : -1;
    const char simple = simple_escape(text[i + 1]);
    if (text[i + 1] == 'x' && high >= 0 && low >= 0) {
      *to++ = static_cast<char>(high * 16 + low);
      i += 3;
    } else if (simple != '\0') {
      *to++ = simple;
      i += 1;
    } else {
      *to++ = '\\';
    }
  }
  return static_cast<std::size_t>(to - out);
}

std::size_t unescape(std::string_view text, Escaping escaping, char* out) {
  if (escaping == Escaping::hash) return unescape_hashes(text, out);
  if (escaping == Escaping::quote) return unescape_quotes(text, out);
  return unescape(text, out);
}

std::string_view EscapeScratch::undo(std::string_view text, Escaping escaping) {
  const char sign = escaping == Escaping::hash ? '#' : '\\';
  if (text.find(sign) == std::string_view::npos || text.size() > kRoom - used_) return text;
  if (!room_) room_ = std::make_unique<char[]>(kRoom);
  char* const out = room_.get() + used_;
  const std::size_t size = unescape(text, escaping, out);
  used_ += size;
  return {out, size};
}

}  // namespace wayside
