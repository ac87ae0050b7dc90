#pragma once

#include <string_view>

#include "agent/system/family_list.h"

namespace wayside {

// node_softnet_processed_total, node_softnet_dropped_total and node_softnet_times_squeezed_total
// by CPU, from the text of /proc/net/softnet_stat: a line of hexadecimal numbers for each CPU
// that is online. The thirteenth is the CPU's number; older kernels do not tell it, and the lines
// are counted.
void add_softnet(std::string_view text, FamilyList& out);

// node_arp_entries by device, from the text of /proc/net/arp (proc(5)).
void add_arp(std::string_view text, FamilyList& out);

}  // namespace wayside
