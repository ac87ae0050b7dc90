#pragma once

#include "collectors/access_log/format/line_format.h"
#include "collectors/access_log/format/log_format.h"

namespace wayside {

// A compiled log_format as one of all formats, read by AccessLogParser.
FormatPtr text_format(LogFormat format);

}  // namespace wayside
