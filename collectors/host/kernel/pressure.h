#pragma once

#include <string_view>

#include "agent/system/family_list.h"

namespace wayside {

// node_pressure_cpu_waiting_seconds_total, and the same of memory and io with their
// …_stalled_seconds_total.
void add_cpu_pressure(std::string_view text, FamilyList& out);
void add_io_pressure(std::string_view text, FamilyList& out);
void add_memory_pressure(std::string_view text, FamilyList& out);

}  // namespace wayside
