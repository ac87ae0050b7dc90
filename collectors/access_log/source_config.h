#pragma once

#include "agent/core/config_map.h"
#include "collectors/access_log/config.h"

namespace wayside {

// Reads where the lines of an entry come from: exactly one of path, listen and journal, and what
// belongs to it.
void read_source(ConfigMap& map, AccessLogConfig& config);

}  // namespace wayside
