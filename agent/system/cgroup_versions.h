#pragma once

#include "agent/system/cgroup_figures.h"
#include "agent/system/cgroup_folder.h"

namespace wayside {

// What each version's files tell, a resource at a time. Fields that cannot be read are left as
// they are; each function says whether anything could be.

bool read_cgroup_v1_cpu(CgroupFolder& cpu, CgroupFigures::Cpu& figures);
bool read_cgroup_v1_cpuacct(CgroupFolder& cpuacct, CgroupFigures::Cpu& figures);
bool read_cgroup_v1_memory(CgroupFolder& memory, CgroupFigures::Memory& figures);

bool read_cgroup_v2_cpu(CgroupFolder& cpu, CgroupFigures::Cpu& figures);  // usage too
bool read_cgroup_v2_memory(CgroupFolder& memory, CgroupFigures::Memory& figures);
bool read_cgroup_v2_pressure(CgroupFolder& unified, CgroupFigures& figures);

bool read_cgroup_pids(CgroupFolder& pids, CgroupFigures::Pids& figures);  // the same in both

// Usage without the file pages that are given up first (the kubelet's working set).
std::optional<double> working_set(std::optional<double> usage, std::optional<double> inactive_file);

}  // namespace wayside
