#pragma once

#include <vector>

#include "collectors/access_log/format/column_names.h"

namespace wayside {

// Names the columns of durations in milliseconds, told by the unit behind each: "12.345 ms", as
// Express's loggers have it, or "12ms", as Traefik has. The first is the request's; none of them is
// in seconds, however much it looks so.
void name_millis_columns(std::vector<SampledColumn>& columns);

}  // namespace wayside
