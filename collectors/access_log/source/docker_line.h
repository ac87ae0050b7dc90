#pragma once

#include <optional>
#include <string_view>

#include "collectors/access_log/source/wrapped_text.h"

namespace wayside {

// One line of Docker's json-file log driver, as the engine writes it:
//   {"log":"GET / 200\n","stream":"stdout","time":"2026-11-23T22:31:31.123456789Z"}
// perhaps with "attrs":{…} before the time. A line without the "\n" is partial: the engine cuts
// what is longer than 16 KiB. https://docs.docker.com/engine/logging/drivers/json-file/
//
// `line` stands in a block: a '\n' and kBlockPadding readable bytes are behind it. The text is
// written to `out`, which has room for line.size() + kUnwrapSlack; newlines within it become
// blanks. Nothing where the line is none of these.
std::optional<WrappedText> unwrap_docker(std::string_view line, char* out);

}  // namespace wayside
