#pragma once

#include <string_view>

#include "agent/core/result.h"
#include "collectors/access_log/format/format_parts.h"

namespace wayside {

// Whether a text has atoms as gunicorn's access_log_format has them: %(h)s.
bool is_gunicorn_format(std::string_view text);

// Takes an access_log_format apart; unknown atoms are skipped. gunicorn's logger may have put its
// time, process and level in front of a line, and other lines with these are none of requests.
// https://docs.gunicorn.org/en/stable/settings.html#access-log-format
Result<FormatParts> split_gunicorn_format(std::string_view given);

}  // namespace wayside
