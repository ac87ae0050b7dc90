#pragma once

#include <string_view>

#include "agent/core/result.h"
#include "collectors/access_log/format/line_format.h"
#include "collectors/access_log/format/options.h"

namespace wayside {

// JSON lines as one of all formats, read by JsonParser.

// "json", and "json pino" where lines that do not tell who wrote them are pino's; so with nginx,
// caddy, traefik, envoy, apache, bunyan, winston, morgan and python.
bool is_json_name(std::string_view configured);
Result<FormatPtr> json_format_named(std::string_view configured, const FormatOptions& options);

// Whether at least half of a file's first lines begin as JSON objects do.
bool are_json_lines(std::string_view first_lines);
// Says who wrote them. Lines that are all no requests tell that they are JSON, and no more.
Result<FormatPtr> json_format_told(std::string_view first_lines, const FormatOptions& options);

}  // namespace wayside
