#pragma once

#include <memory>
#include <string_view>

namespace wayside {

// Undoes the escapes of a string that is well-formed (see json_scan.h), its closing quote behind
// it. `out` has room for `text.size()` bytes; returns the bytes written.
std::size_t decode_json(std::string_view text, char* out);

// Where the decoded strings of one batch live. Bounded: a string that finds no room stays as it is
// written. One thread.
class JsonScratch {
 public:
  static constexpr std::size_t kRoom = 128UL * 1024;

  // Both are valid until `clear`.
  std::string_view decode(std::string_view text);
  // A copy; nothing where there is no room.
  std::string_view keep(std::string_view text);
  void clear() { used_ = 0; }
  // Whether the strings of a longest line (64 KiB) might find no room.
  [[nodiscard]] bool crowded() const { return used_ > kRoom / 2; }

 private:
  std::unique_ptr<char[]> room_;  // only where an escape was ever met
  std::size_t used_ = 0;
};

}  // namespace wayside
