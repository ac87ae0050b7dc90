#pragma once

#include <string_view>

#include "agent/core/result.h"
#include "collectors/access_log/format/format_parts.h"

namespace wayside {

// Whether a text has directives as Apache's LogFormat has them.
bool is_apache_format(std::string_view text);

// Takes a LogFormat apart: the whole directive with its nickname, its quoted text, or the bare
// text. Directives that tell nothing of a request are skipped, and so are unknown ones. Apache's
// time is that of the request's arrival.
// https://httpd.apache.org/docs/2.4/mod/mod_log_config.html#formats
Result<FormatParts> split_apache_format(std::string_view given);

}  // namespace wayside
