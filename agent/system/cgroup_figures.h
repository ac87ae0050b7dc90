#pragma once

#include <limits>
#include <optional>

namespace wayside {

// What stands for "there is no limit" in a limit that is known. Absent: it is not known.
inline constexpr double kNoLimit = std::numeric_limits<double>::infinity();

// The limit where there is one; nothing both where there is none and where that is not known.
inline std::optional<double> finite(std::optional<double> limit) {
  return limit && *limit != kNoLimit ? limit : std::nullopt;
}

// How long tasks of a cgroup waited for a resource, in seconds since it was made
// (Documentation/accounting/psi.rst): `some` while at least one waited, `full` while all did.
struct CgroupPressure {
  std::optional<double> some_seconds;
  std::optional<double> full_seconds;
};

// What the kernel tells of one cgroup and all below it, in seconds and bytes. What cannot be read
// is absent (Documentation/admin-guide/cgroup-v2.rst, Documentation/admin-guide/cgroup-v1/).
struct CgroupFigures {
  struct Cpu {
    std::optional<double> usage_seconds;
    std::optional<double> user_seconds;
    std::optional<double> system_seconds;
    std::optional<double> periods;            // that ended while it was busy under its quota
    std::optional<double> throttled_periods;  // those in which it used its quota up
    std::optional<double> throttled_seconds;
    std::optional<double> quota_micros;   // its own, for each period; kNoLimit
    std::optional<double> period_micros;  // its own
    std::optional<double> shares;         // as version 1 has them; a weight the kubelet's way
    std::optional<double> limit_cores;    // the least quota of it and what is seen above; kNoLimit
  };
  struct Memory {
    std::optional<double> usage_bytes;
    std::optional<double> working_set_bytes;  // usage without inactive files, as the kubelet has it
    std::optional<double> rss_bytes;          // anonymous
    std::optional<double> cache_bytes;
    std::optional<double> swap_bytes;
    std::optional<double> limit_bytes;    // the least of it and what is seen above; kNoLimit
    std::optional<double> request_bytes;  // what it is promised: memory.min or .low, soft limit
    std::optional<double> failures;       // times its own limit was hit
    std::optional<double> oom_kills;
  };
  struct Pids {
    std::optional<double> current;  // threads
    std::optional<double> limit;    // its own; kNoLimit
  };
  Cpu cpu;
  Memory memory;
  Pids pids;
  CgroupPressure cpu_pressure;  // version 2 alone tells pressure
  CgroupPressure memory_pressure;
  CgroupPressure io_pressure;
};

}  // namespace wayside
