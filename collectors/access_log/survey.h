#pragma once

#include <string>

#include "collectors/access_log/config.h"

namespace wayside {

// For people, at the start: the path and how many files match it now, or what is wrong with it.
std::string describe_access_log(const AccessLogConfig& config);

}  // namespace wayside
