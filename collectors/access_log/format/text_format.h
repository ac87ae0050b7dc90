#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "collectors/access_log/format/line_format.h"
#include "collectors/access_log/format/log_format.h"

namespace wayside {

// What a compiled format is called.
struct FormatWords {
  std::string name;    // as a config has it: "haproxy"; empty: it has none but its text
  std::string writer;  // for people, of one without a name: "the LogFormat"
  std::string advice;  // what to do where it tells no durations
  std::optional<std::size_t> unnamed = {};  // as LineFormat has it
};

// A compiled format as one of all formats, read by AccessLogParser.
FormatPtr text_format(LogFormat format, FormatWords words);

}  // namespace wayside
