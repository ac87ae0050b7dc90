#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "agent/core/environment.h"
#include "agent/system/cgroup_families.h"
#include "agent/system/cgroup_reader.h"
#include "collectors/processes/group.h"

namespace wayside {

// The cgroups that the members of groups are in, by what /proc/PID/cgroup says of each, with their
// figures under the group's name. Bounded: kMostOfGroup of one group, the first that are met, and
// kMost of all. One thread.
class GroupCgroups {
 public:
  static constexpr std::size_t kMostOfGroup = 8;
  static constexpr std::size_t kMost = 64;

  // What is used of the limit of the group's cgroup that is nearest to its own.
  struct MemoryUse {
    std::uint64_t limit = 0;
    std::uint64_t used = 0;
    std::string cgroup;  // its name
  };

  explicit GroupCgroups(const Environment& environment);

  // Reads them and adds their families.
  void refresh(std::span<const Group> groups, FamilyList& out);
  // After refresh, by group; nothing where none of its cgroups is limited.
  [[nodiscard]] const std::vector<std::optional<MemoryUse>>& memory() const { return memory_; }
  // Why no cgroup can be told of; empty where they can.
  [[nodiscard]] const std::string& why() const { return why_; }

 private:
  struct Watched {
    CgroupReader reader;
    std::optional<CgroupFigures> figures;  // of this pass
    unsigned pass = 0;
  };
  Watched* watched(std::string_view text);
  void add_group(const Group& group, CgroupFamilies& families);

  std::optional<CgroupTree> tree_;
  std::string why_;
  std::unordered_map<std::string, Watched> watched_;  // by the text of /proc/PID/cgroup
  std::vector<std::optional<MemoryUse>> memory_;
  unsigned pass_ = 0;
};

}  // namespace wayside
