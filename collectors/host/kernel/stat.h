#pragma once

#include <string_view>

#include "agent/system/family_list.h"

namespace wayside {

// From the text of /proc/stat (proc(5)), but for its CPUs: node_intr_total,
// node_context_switches_total, node_forks_total, node_boot_time_seconds, node_procs_running and
// node_procs_blocked.
void add_stat(std::string_view text, FamilyList& out);

}  // namespace wayside
