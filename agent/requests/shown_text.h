#pragma once

#include <string>
#include <string_view>

namespace wayside {

// Text from outside as events may carry it: valid UTF-8, cut to `most` bytes at a character's
// border.
std::string shown_text(std::string_view text, std::size_t most);

}  // namespace wayside
