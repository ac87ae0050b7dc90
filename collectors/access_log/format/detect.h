#pragma once

#include <string_view>

#include "agent/core/result.h"
#include "collectors/access_log/format/log_format.h"
#include "collectors/access_log/format/options.h"

namespace wayside {

// At most so much of a file is looked at.
inline constexpr std::size_t kDetectLines = 64;
inline constexpr std::size_t kDetectBytes = 64UL * 1024;

// Decides on a format by the first lines of a file (whole lines only; the rest of a cut one is
// left out). The columns are told by their place and by what all lines hold there; what cannot
// be told is skipped. The result reads nearly all of these lines. An error says what is missing.
Result<LogFormat> detect_log_format(std::string_view first_lines,
                                    const FormatOptions& options = {});

// How many columns such a format passes over, by its text.
std::size_t count_unnamed(std::string_view format_text);

}  // namespace wayside
