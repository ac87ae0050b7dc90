#pragma once

#include <string_view>

#include "agent/system/family_list.h"

namespace wayside {

// node_schedstat_running_seconds_total, node_schedstat_waiting_seconds_total and
// node_schedstat_timeslices_total by CPU, from the text of /proc/schedstat
// (Documentation/scheduler/sched-stats.rst): the last three of the nine figures of a CPU.
void add_schedstat(std::string_view text, FamilyList& out);

}  // namespace wayside
