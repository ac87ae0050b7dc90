#include "collectors/access_log/format/json_scan.h"

#include <string_view>

#include "agent/core/json_escape.h"
#include "agent/core/utf8.h"

namespace wayside::detail {
namespace {

const char* end_of_digits(const char* p) {
  if (!is_digit(*p)) return nullptr;
  while (is_digit(*p)) ++p;
  return p;
}

const char* end_of_word(const char* p, std::string_view word) {
  for (const char c : word) {
    if (*p++ != c) return nullptr;
  }
  return p;
}

}  // namespace

const char* end_of_uneasy_string(const char* p, bool& escapes) {
  for (;; p = find_uneasy(p)) {
    if (*p == '"') return p;
    std::size_t size = 0;
    if (*p == '\\') {
      escapes = true;
      size = json_escape_size(p);
    } else if (static_cast<unsigned char>(*p) >= 0x80) {
      // A newline ends any character, so that none reaches beyond the line.
      const Utf8Step step = utf8_step({p, 4});
      size = step.valid ? step.size : 0;
    }
    if (size == 0) return nullptr;
    p += size;
  }
}

const char* end_of_any_token(const char* p) {
  if (*p == 't') return end_of_word(p, "true");
  if (*p == 'f') return end_of_word(p, "false");
  if (*p == 'n') return end_of_word(p, "null");
  if (*p == '-') ++p;
  p = *p == '0' ? p + 1 : end_of_digits(p);
  if (p != nullptr && *p == '.') p = end_of_digits(p + 1);
  if (p != nullptr && (*p | 0x20) == 'e') {
    ++p;
    if (*p == '+' || *p == '-') ++p;
    p = end_of_digits(p);
  }
  return p;
}

}  // namespace wayside::detail
