#pragma once

#include <optional>
#include <span>

#include "agent/system/family_list.h"
#include "collectors/processes/group.h"

namespace wayside {

// The groups by process-exporter 0.7.10's names, labels and types. `booted`: seconds since 1970,
// which starts are counted from. A sum of which a part could not be read is absent.
void add_group_families(std::span<const Group> groups, std::optional<double> booted,
                        FamilyList& out);

}  // namespace wayside
