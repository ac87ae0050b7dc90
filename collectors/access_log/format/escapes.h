#pragma once

#include <memory>
#include <string_view>

namespace wayside {

// Undoes what nginx does to a value on its way into the log (escape=default): `\xHH`, and `\"`,
// `\\` and the C escapes that other servers write. Anything else stands as it is. `out` has room
// for `text.size()` bytes; returns the bytes written. https://nginx.org/r/log_format
std::size_t unescape(std::string_view text, char* out);

// Where unescaped values of one batch live. Bounded: a value that finds no room stays escaped.
// One thread.
class EscapeScratch {
 public:
  static constexpr std::size_t kRoom = 128 * 1024;

  // Valid until `clear`.
  std::string_view undo(std::string_view text);
  void clear() { used_ = 0; }
  // Whether a longest line (64 KiB) might find no room.
  [[nodiscard]] bool crowded() const { return used_ > kRoom / 2; }

 private:
  std::unique_ptr<char[]> room_;  // only where a backslash was ever met
  std::size_t used_ = 0;
};

}  // namespace wayside
