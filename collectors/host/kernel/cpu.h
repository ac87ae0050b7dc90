#pragma once

#include <map>
#include <memory>
#include <span>

#include "collectors/host/kernel/cpu_text.h"
#include "collectors/host/part.h"

namespace wayside {

// What each CPU did, such that no counter steps back while its CPU stays online: the kernel's own
// figures of iowait and steal do at times. CPUs that went offline are forgotten. A CPU whose idle
// time falls by more than three seconds was offline in between and begins anew; so does
// node_exporter.
class SteadyCpus {
 public:
  using Times = std::map<std::uint32_t, CpuTimes>;
  const Times& take(std::span<const CpuLine> cpus);

 private:
  Times times_;
};

// node_cpu_seconds_total and node_cpu_guest_seconds_total.
void add_cpus(const SteadyCpus::Times& cpus, FamilyList& out);

// Reads /proc/stat, and what throttle.h says.
std::unique_ptr<HostPart> cpu_part(const HostContext& host);

}  // namespace wayside
