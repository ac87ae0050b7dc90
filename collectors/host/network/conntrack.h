#pragma once

#include <string_view>

#include "agent/system/family_list.h"

namespace wayside {

// node_nf_conntrack_entries and node_nf_conntrack_entries_limit, each from the text of a file
// under /proc/sys/net/netfilter (Documentation/networking/nf_conntrack-sysctl.rst).
void add_conntrack_entries(std::string_view text, FamilyList& out);
void add_conntrack_limit(std::string_view text, FamilyList& out);

// node_nf_conntrack_stat_drop and its like from the text of /proc/net/stat/nf_conntrack: a line of
// names and then one of hexadecimal numbers for each CPU, which are summed up.
void add_conntrack_stat(std::string_view text, FamilyList& out);

}  // namespace wayside
