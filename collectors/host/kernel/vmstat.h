#pragma once

#include <string_view>

#include "agent/system/family_list.h"

namespace wayside {

// From the text of /proc/vmstat (proc(5)) the fields that node_exporter takes unless told
// otherwise, oom_kill and those of paging, swapping and faults, such as node_vmstat_pgmajfault.
void add_vmstat(std::string_view text, FamilyList& out);

}  // namespace wayside
