#pragma once

#include <memory>

#include "collectors/host/part.h"

namespace wayside {

// The cgroup that wayside itself is in, by cAdvisor's names (agent/system/cgroup_families.h): in a
// container, the container's limits and use. A host without cgroups has no such thing.
std::unique_ptr<HostPart> own_cgroup_part(const HostContext& host);

}  // namespace wayside
