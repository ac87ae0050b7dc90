#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

namespace wayside {

// How a writer hides, within a value, the bytes that would end it or break the line.
enum class Escaping : std::uint8_t {
  none,
  backslash,  // `\xHH`, `\"` and the like: nginx, Apache
  quote,      // `\"` alone, a backslash as it is: gunicorn
  hash        // `#HH`: HAProxy
};

// Undoes what nginx does to a value on its way into the log (escape=default): `\xHH`, and `\"`,
// `\\` and the C escapes that other servers write. Anything else stands as it is. `out` has room
// for `text.size()` bytes; returns the bytes written. https://nginx.org/r/log_format
std::size_t unescape(std::string_view text, char* out);
// The same, by how the writer does it.
std::size_t unescape(std::string_view text, Escaping escaping, char* out);

// Where unescaped values of one batch live. Bounded: a value that finds no room stays escaped.
// One thread.
class EscapeScratch {
 public:
  static constexpr std::size_t kRoom = 128UL * 1024;

  // Valid until `clear`.
  std::string_view undo(std::string_view text, Escaping escaping = Escaping::backslash);
  void clear() { used_ = 0; }
  // Whether a longest line (64 KiB) might find no room.
  [[nodiscard]] bool crowded() const { return used_ > kRoom / 2; }

 private:
  std::unique_ptr<char[]> room_;  // only where a backslash was ever met
  std::size_t used_ = 0;
};

}  // namespace wayside
