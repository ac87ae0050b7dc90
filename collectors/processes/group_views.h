#pragma once

#include <optional>
#include <span>
#include <vector>

#include "collectors/processes/group.h"
#include "collectors/processes/group_cgroups.h"
#include "collectors/processes/group_view.h"
#include "collectors/processes/machine_figures.h"

namespace wayside {

// The groups as observers are shown them. One thread.
class GroupViews {
 public:
  // After a poll. The groups outlive the views.
  void rebuild(std::span<const Group> groups, const MachineFigures& machine,
               std::span<const std::optional<GroupCgroups::MemoryUse>> limited, SteadyTime now);
  // After a sample of the members of this group.
  void refresh(std::size_t group, SteadyTime now);
  [[nodiscard]] std::span<const GroupView> all() const { return views_; }

 private:
  std::vector<GroupView> views_;
  std::vector<std::vector<WorkerView>> workers_;
  std::vector<std::vector<const Member*>> members_;  // of each worker's view
};

}  // namespace wayside
