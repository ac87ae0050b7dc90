#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "agent/system/field_text.h"

namespace wayside {

// Lines such as "VmSwap:      12 kB" and "read_bytes: 4096": calls `fn(key, rest)` for each that
// has a colon. Views point into `text`.
template <typename Fn>
void each_keyed_line(std::string_view text, const Fn& fn) {
  while (!text.empty()) {
    const std::string_view line = next_line(text);
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos) fn(line.substr(0, colon), line.substr(colon + 1));
  }
}

// "  12 kB" in bytes; nothing for another unit, or for what no 64 bits hold.
inline std::optional<std::uint64_t> kilobytes(std::string_view rest) {
  constexpr std::uint64_t kKibi = 1024;
  const auto number = next_number<std::uint64_t>(rest);
  if (!number || next_word(rest) != "kB") return std::nullopt;
  if (*number > std::numeric_limits<std::uint64_t>::max() / kKibi) return std::nullopt;
  return *number * kKibi;
}

}  // namespace wayside
