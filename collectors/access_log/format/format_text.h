#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/result.h"

namespace wayside {

// A log format as users give it, brought to the text that nginx compiles: a whole directive
// `log_format name escape=default '…' '…';`, its quoted pieces alone, or the bare text.
struct FormatText {
  std::string text;
  std::vector<std::uint32_t> at;  // for each byte of `text`: its place in what was given, from 1
  bool escaped = true;            // escape=default; false: escape=none

  [[nodiscard]] std::uint32_t place(std::size_t i) const {
    if (at.empty()) return 1;
    return i < at.size() ? at[i] : at.back() + 1;
  }
};

inline constexpr std::size_t kMaxFormatSize = 16UL * 1024;

// The one argument of another program's directive: `LogFormat "…" nickname`, with or without the
// directive (in any case, '=' may follow), the quotes and what stands behind, or the bare text.
Result<FormatText> read_directive_text(std::string_view given, std::string_view directive);

// Errors name the character at which the text goes wrong, counted from 1.
Result<FormatText> read_format_text(std::string_view given);

}  // namespace wayside
