#include "agent/requests/shown_text.h"

#include "agent/core/labels.h"

namespace wayside {

namespace {

// The longest size up to `most` at which no character of `text` is cut.
std::size_t border(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text.size();
  std::size_t end = most;
  while (end > 0 && most - end < 4 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  return end;
}

}  // namespace

std::string shown_text(std::string_view text, std::size_t most) {
  std::string shown = mend_utf8(text.substr(0, border(text, most)));
  shown.resize(border(shown, most));  // a mended byte is longer than it was
  return shown;
}

}  // namespace wayside
