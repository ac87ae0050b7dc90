#pragma once

#include <string_view>

namespace wayside {

// What the collector is called: in the config, in labels, and for whoever selects by it.
inline constexpr std::string_view kAccessLog = "access_log";

}  // namespace wayside
