#pragma once

#include <string>
#include <string_view>

namespace wayside {

// `text` with its percent-escapes decoded where they are whole. Of the redaction alone.
std::string percent_decoded(std::string_view text);

}  // namespace wayside
