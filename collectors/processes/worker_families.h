#pragma once

#include <optional>
#include <span>
#include <string>

#include "agent/system/family_list.h"
#include "collectors/processes/group.h"

namespace wayside {

// The label `worker` of a place: "0", "1" … for workers, "master", "master1" … for masters.
std::string worker_label(const Place& place);

// wayside_worker_*: each group's workers and masters by place. Counters go on where nobody stands
// in a place; gauges are absent there, as is what could not be read.
void add_worker_families(std::span<const Group> groups, std::optional<double> booted,
                         FamilyList& out);

}  // namespace wayside
