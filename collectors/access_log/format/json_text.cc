#include "collectors/access_log/format/json_text.h"

#include "agent/core/json_escape.h"

namespace wayside {

std::size_t decode_json(std::string_view text, char* out) {
  char* to = out;
  const char* p = text.data();
  for (const char* const end = p + text.size(); p < end;) {
    char* const behind = *p == '\\' ? undo_json_escape(p, to) : nullptr;
    if (behind != nullptr) {
      to = behind;
    } else {
      *to++ = *p++;
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
