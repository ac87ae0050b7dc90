#pragma once

#include <string_view>

#include "collectors/access_log/source/line_sink.h"

namespace wayside {

// The part of `text` that consists of whole lines.
std::string_view whole_lines(std::string_view text);

// Gives whole lines to the sink, but for those that are too long, which it is only told of.
void hand_over(std::string_view lines, LineSink& sink);

}  // namespace wayside
