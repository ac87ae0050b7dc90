#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agent/core/result.h"
#include "collectors/access_log/format/line_format.h"
#include "collectors/access_log/format/log_format.h"
#include "collectors/access_log/format/options.h"

namespace wayside {

// The text formats of other programs than nginx: Apache, HAProxy, gunicorn, uvicorn and morgan.

// Whether a config names one of theirs ("haproxy", "morgan:dev") or writes one out, which the
// placeholders tell.
bool is_known_format(std::string_view configured);
std::vector<std::string> known_format_names();
Result<FormatPtr> known_format(std::string_view configured, const FormatOptions& options);

// Whether a file's first lines are written in one of those that have a name and are like no other.
bool looks_known(std::string_view first_lines);
Result<FormatPtr> tell_known_format(std::string_view first_lines, const FormatOptions& options);

// An error where the options name whose requests they are, and the format does not tell it.
Result<void> require_who(const LogFormat& format, const FormatOptions& options);

}  // namespace wayside
