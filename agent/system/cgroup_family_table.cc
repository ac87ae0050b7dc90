#include "agent/system/cgroup_family_table.h"

#include <array>

namespace wayside {
namespace {

using enum prometheus::MetricType;
using Figures = CgroupFigures;
using Value = std::optional<double>;

Value limited(Value limit) {
  if (!limit) return std::nullopt;
  return *limit == kNoLimit ? 0 : 1;
}

Value used_ratio(const Figures::Memory& memory) {
  const Value limit = finite(memory.limit_bytes);
  if (!limit || *limit <= 0 || !memory.working_set_bytes) return std::nullopt;
  return *memory.working_set_bytes / *limit;
}

constexpr std::string_view kLimited =
    "Whether a limit holds for the cgroup, its own or of one above it that is seen; absent where "
    "that is not known.";

// Names, types and the label `cpu` are cAdvisor's
// (https://github.com/google/cadvisor/blob/master/docs/storage/prometheus.md) but for the last.
constexpr std::array kTable = {
    CgroupFamilyRow{"container_cpu_usage_seconds_total", "CPU time that the cgroup has used.",
                    Counter, &CgroupPlaces::cpuacct,
                    [](const Figures& f) -> Value { return f.cpu.usage_seconds; }, "cpu", "total"},
    CgroupFamilyRow{"container_cpu_user_seconds_total",
                    "CPU time that the cgroup has used in user mode.", Counter,
                    &CgroupPlaces::cpuacct,
                    [](const Figures& f) -> Value { return f.cpu.user_seconds; }},
    CgroupFamilyRow{"container_cpu_system_seconds_total",
                    "CPU time that the cgroup has used in the kernel.", Counter,
                    &CgroupPlaces::cpuacct,
                    [](const Figures& f) -> Value { return f.cpu.system_seconds; }},
    CgroupFamilyRow{"container_cpu_cfs_periods_total",
                    "Periods of its CPU quota in which the cgroup ran.", Counter,
                    &CgroupPlaces::cpu, [](const Figures& f) -> Value { return f.cpu.periods; }},
    CgroupFamilyRow{"container_cpu_cfs_throttled_periods_total",
                    "Periods in which the cgroup was stopped since its CPU quota was used up.",
                    Counter, &CgroupPlaces::cpu,
                    [](const Figures& f) -> Value { return f.cpu.throttled_periods; }},
    CgroupFamilyRow{"container_cpu_cfs_throttled_seconds_total",
                    "Time that the cgroup was stopped since its CPU quota was used up.", Counter,
                    &CgroupPlaces::cpu,
                    [](const Figures& f) -> Value { return f.cpu.throttled_seconds; }},
    CgroupFamilyRow{
        "container_spec_cpu_quota",
        "The cgroup's own CPU quota for each period, in microseconds; absent without one.", Gauge,
        &CgroupPlaces::cpu, [](const Figures& f) -> Value { return finite(f.cpu.quota_micros); }},
    CgroupFamilyRow{
        "container_spec_cpu_period", "The period of the cgroup's CPU quota, in microseconds.",
        Gauge, &CgroupPlaces::cpu, [](const Figures& f) -> Value { return f.cpu.period_micros; }},
    CgroupFamilyRow{"container_spec_cpu_shares",
                    "The cgroup's share of CPU time against its siblings', 1024 being usual.",
                    Gauge, &CgroupPlaces::cpu,
                    [](const Figures& f) -> Value { return f.cpu.shares; }},
    CgroupFamilyRow{"container_memory_usage_bytes",
                    "Memory that is charged to the cgroup, page cache included.", Gauge,
                    &CgroupPlaces::memory,
                    [](const Figures& f) -> Value { return f.memory.usage_bytes; }},
    CgroupFamilyRow{"container_memory_working_set_bytes",
                    "Memory of the cgroup without the page cache that is given up first.", Gauge,
                    &CgroupPlaces::memory,
                    [](const Figures& f) -> Value { return f.memory.working_set_bytes; }},
    CgroupFamilyRow{"container_memory_rss", "Anonymous memory of the cgroup, in bytes.", Gauge,
                    &CgroupPlaces::memory,
                    [](const Figures& f) -> Value { return f.memory.rss_bytes; }},
    CgroupFamilyRow{"container_memory_cache", "Page cache of the cgroup, in bytes.", Gauge,
                    &CgroupPlaces::memory,
                    [](const Figures& f) -> Value { return f.memory.cache_bytes; }},
    CgroupFamilyRow{"container_memory_swap", "Swap that the cgroup uses, in bytes.", Gauge,
                    &CgroupPlaces::memory,
                    [](const Figures& f) -> Value { return f.memory.swap_bytes; }},
    CgroupFamilyRow{"container_memory_failcnt",
                    "Times that the memory of the cgroup came to its limit.", Counter,
                    &CgroupPlaces::memory,
                    [](const Figures& f) -> Value { return f.memory.failures; }},
    CgroupFamilyRow{"container_spec_memory_limit_bytes",
                    "The least memory limit of the cgroup and those above it; absent without one.",
                    Gauge, &CgroupPlaces::memory,
                    [](const Figures& f) -> Value { return finite(f.memory.limit_bytes); }},
    CgroupFamilyRow{"container_oom_events_total",
                    "Processes of the cgroup that were killed for want of memory.", Counter,
                    &CgroupPlaces::memory,
                    [](const Figures& f) -> Value { return f.memory.oom_kills; }},
    CgroupFamilyRow{"container_threads", "Threads that are in the cgroup.", Gauge,
                    &CgroupPlaces::pids, [](const Figures& f) -> Value { return f.pids.current; }},
    CgroupFamilyRow{
        "container_threads_max", "Threads that may be in the cgroup; absent without a limit.",
        Gauge, &CgroupPlaces::pids, [](const Figures& f) -> Value { return finite(f.pids.limit); }},
    CgroupFamilyRow{"container_pressure_cpu_waiting_seconds_total",
                    "Time that some task of the cgroup waited for a CPU.", Counter,
                    &CgroupPlaces::unified,
                    [](const Figures& f) -> Value { return f.cpu_pressure.some_seconds; }},
    CgroupFamilyRow{"container_pressure_cpu_stalled_seconds_total",
                    "Time that all tasks of the cgroup waited for a CPU.", Counter,
                    &CgroupPlaces::unified,
                    [](const Figures& f) -> Value { return f.cpu_pressure.full_seconds; }},
    CgroupFamilyRow{"container_pressure_memory_waiting_seconds_total",
                    "Time that some task of the cgroup waited for memory.", Counter,
                    &CgroupPlaces::unified,
                    [](const Figures& f) -> Value { return f.memory_pressure.some_seconds; }},
    CgroupFamilyRow{"container_pressure_memory_stalled_seconds_total",
                    "Time that all tasks of the cgroup waited for memory.", Counter,
                    &CgroupPlaces::unified,
                    [](const Figures& f) -> Value { return f.memory_pressure.full_seconds; }},
    CgroupFamilyRow{"container_pressure_io_waiting_seconds_total",
                    "Time that some task of the cgroup waited for disks.", Counter,
                    &CgroupPlaces::unified,
                    [](const Figures& f) -> Value { return f.io_pressure.some_seconds; }},
    CgroupFamilyRow{"container_pressure_io_stalled_seconds_total",
                    "Time that all tasks of the cgroup waited for disks.", Counter,
                    &CgroupPlaces::unified,
                    [](const Figures& f) -> Value { return f.io_pressure.full_seconds; }},
    CgroupFamilyRow{"wayside_cgroup_limited", kLimited, Gauge, &CgroupPlaces::cpu,
                    [](const Figures& f) -> Value { return limited(f.cpu.limit_cores); },
                    "resource", "cpu"},
    CgroupFamilyRow{"wayside_cgroup_limited", kLimited, Gauge, &CgroupPlaces::memory,
                    [](const Figures& f) -> Value { return limited(f.memory.limit_bytes); },
                    "resource", "memory"},
    CgroupFamilyRow{"wayside_cgroup_cpu_limit_cores",
                    "CPUs whose time the cgroup may use, by the least quota of it and those above "
                    "it; absent without one.",
                    Gauge, &CgroupPlaces::cpu,
                    [](const Figures& f) -> Value { return finite(f.cpu.limit_cores); }},
    CgroupFamilyRow{"wayside_cgroup_memory_request_bytes",
                    "Memory that is kept for the cgroup: memory.min or memory.low, the soft limit "
                    "of version 1; absent where not set.",
                    Gauge, &CgroupPlaces::memory,
                    [](const Figures& f) -> Value { return f.memory.request_bytes; }},
    CgroupFamilyRow{"wayside_cgroup_memory_used_ratio",
                    "The working set of the cgroup against its memory limit; absent without one.",
                    Gauge, &CgroupPlaces::memory,
                    [](const Figures& f) -> Value { return used_ratio(f.memory); }},
};

}  // namespace

std::span<const CgroupFamilyRow> cgroup_family_table() {
  return kTable;
}

}  // namespace wayside
