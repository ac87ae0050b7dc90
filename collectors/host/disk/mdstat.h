#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/system/family_list.h"

namespace wayside {

// An array of disks in /proc/mdstat (md(4)): a line with its name, its state and its disks, then
// lines that begin with blanks, of which the first tells its size and how many disks it has.
struct RaidArray {
  static constexpr std::size_t kMost = 1024;  // arrays that are read
  enum class State : std::uint8_t { active, inactive, recovering, resync, check };
  std::string name;
  State state = State::active;
  std::uint64_t failed = 0;
  std::uint64_t spare = 0;
  std::optional<std::uint64_t> active;    // disks that work
  std::optional<std::uint64_t> required;  // to be whole; not told of an inactive array
  std::optional<std::uint64_t> blocks;    // of 1 KiB
  std::optional<std::uint64_t> synced;    // those of them that are as they should be
};

// Each array once; lines that are none are left out.
std::vector<RaidArray> parse_mdstat(std::string_view text);

// node_md_state, node_md_disks, node_md_disks_required, node_md_blocks and node_md_blocks_synced
// from the text of /proc/mdstat.
void add_mdstat(std::string_view text, FamilyList& out);

}  // namespace wayside
