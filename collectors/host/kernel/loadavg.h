#pragma once

#include <optional>
#include <string_view>

#include "agent/system/family_list.h"

namespace wayside {

// node_load1, node_load5 and node_load15 from the text of /proc/loadavg (proc(5)): how many
// tasks ran or waited for a CPU or a disk, averaged over so many minutes.
void add_loadavg(std::string_view text, FamilyList& out);

// The first of them.
std::optional<double> parse_load1(std::string_view text);

}  // namespace wayside
