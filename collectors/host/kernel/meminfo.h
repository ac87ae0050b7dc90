#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "agent/system/family_list.h"

namespace wayside {

// One line of /proc/meminfo (proc(5)): "Active(anon):  1540 kB", or a count of pages without a
// unit. Views point into the line.
struct MeminfoLine {
  std::string_view key;     // "Active(anon)"
  std::uint64_t value = 0;  // in bytes, where they are
  bool bytes = false;
};
std::optional<MeminfoLine> parse_meminfo_line(std::string_view line);

// node_memory_Active_anon_bytes and so on: each line of the text of /proc/meminfo.
void add_meminfo(std::string_view text, FamilyList& out);

}  // namespace wayside
