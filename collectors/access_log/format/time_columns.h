#pragma once

#include <vector>

#include "collectors/access_log/format/column_names.h"

namespace wayside {

// Tells $request_time and $upstream_response_time among columns of bare seconds. A request takes
// at least as long as its upstreams, an answer at least as long as its header, and only upstream
// times are ever lists or "-". Where the lines leave the order open, two columns are taken as
// request and upstream in this order, and of three or more only the first is named.
void name_time_columns(std::vector<SampledColumn>& columns);

}  // namespace wayside
