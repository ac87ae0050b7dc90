#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "agent/system/cgroup_figures.h"

namespace wayside {

// The texts of a cgroup's files (Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/). What is
// not as it should be is nothing.

// Files of one number: memory.current, cpuacct.usage and the like.
std::optional<double> parse_cgroup_number(std::string_view text);

// memory.max, memory.low, pids.max and the like: a number, or `max`, which is kNoLimit.
std::optional<double> parse_cgroup_limit(std::string_view text);

// memory.limit_in_bytes and the like of version 1, which has no word for "no limit": what it gives
// then is the greatest number of whole pages, and kNoLimit here. So is whatever is over 4 EiB.
std::optional<double> parse_cgroup_v1_limit(std::string_view text);

// How much of one CPU's time a cgroup may use: so much in each period, or kNoLimit.
struct CpuQuota {
  double quota_micros = kNoLimit;
  double period_micros = 0;  // never 0 in one that was parsed

  [[nodiscard]] double cores() const { return quota_micros / period_micros; }
};

std::optional<CpuQuota> parse_cpu_max(std::string_view text);  // "50000 100000", "max 100000"
std::optional<CpuQuota> parse_cpu_quota(std::string_view quota, std::string_view period);  // v1's

// The shares of version 1 that the kubelet would make this weight of version 2 from, and cAdvisor
// shows: 2 to 262144 for 1 to 10000. Nothing for an idle cgroup, whose weight is 0.
std::optional<double> parse_cpu_weight(std::string_view text);

// One line "NAME NUMBER" that is wanted of a file of such lines. `per_unit` of what it counts make
// one of `value`, which stays as it is where the line is not there or has no number.
struct WantedLine {
  std::string_view name;
  std::optional<double>* value;
  double per_unit = 1;
};
// memory.stat, memory.events, cpu.stat, cpuacct.stat and the like.
void parse_named_numbers(std::string_view text, std::span<const WantedLine> wanted);

}  // namespace wayside
