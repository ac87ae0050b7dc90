#pragma once

#include <string_view>
#include <vector>

#include "agent/system/cgroup_figures.h"
#include "agent/system/cgroup_tree.h"
#include "agent/system/family_list.h"

namespace wayside {

// The families that tell of cgroups, by cAdvisor's names, labels and types where it has them: the
// same wording for every collector that tells of one. The label `id` is the cgroup's path.
//
// cAdvisor makes 0 or the kernel's greatest number of a limit that is not set; here such a sample
// is absent, and wayside_cgroup_limited tells whether there is a limit.
class CgroupFamilies {
 public:
  CgroupFamilies();
  // One cgroup's samples. `groupname`: of the processes it is told for, a label where not empty.
  // Adding a cgroup twice under one groupname would make series that are told twice.
  void add(const CgroupPlaces& places, const CgroupFigures& figures,
           std::string_view groupname = {});
  // The families that have samples; leaves none behind.
  void move_to(FamilyList& out);

 private:
  FamilyList families_;
};

}  // namespace wayside
