#pragma once

#include <string_view>

#include "agent/core/result.h"
#include "collectors/access_log/format/format_parts.h"

namespace wayside {

// The one format of uvicorn's access lines, with or without the level in front, the phrase behind
// the status (which its gunicorn worker leaves out) and colours. Other lines with a level are none
// of requests. uvicorn writes no durations. The text is not looked at.
// https://www.uvicorn.org/settings/#logging
Result<FormatParts> split_uvicorn_format(std::string_view text);

}  // namespace wayside
