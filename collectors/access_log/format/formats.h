#pragma once

#include <string_view>

#include "agent/core/result.h"
#include "collectors/access_log/format/line_format.h"
#include "collectors/access_log/format/options.h"

namespace wayside {

// Every format there is, by the ways to come to one. A new family of formats is one row in each
// table of formats.cc.

// The format a config names or writes out; not "auto". Errors say what is wrong with it.
Result<FormatPtr> named_format(std::string_view configured, const FormatOptions& options);

// The format of a file by its first lines (whole lines only; the rest of a cut one is left out).
// An error says what is missing.
Result<FormatPtr> tell_format(std::string_view first_lines, const FormatOptions& options);

}  // namespace wayside
