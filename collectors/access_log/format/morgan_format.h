#pragma once

#include <string_view>

#include "agent/core/result.h"
#include "collectors/access_log/format/format_parts.h"

namespace wayside {

// Whether a text has the tokens of morgan, Express's logger, that tell of a request: ":method",
// ":url" or ":status".
bool is_morgan_format(std::string_view text);

// Takes a morgan format apart; tokens of one's own are skipped. morgan hides nothing in values.
// https://github.com/expressjs/morgan#tokens
Result<FormatParts> split_morgan_format(std::string_view given);

}  // namespace wayside
