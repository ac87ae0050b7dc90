#include <algorithm>
#include <array>

#include "agent/system/cgroup_text.h"
#include "agent/system/cgroup_versions.h"
#include "agent/system/units.h"

namespace wayside {
namespace {

constexpr double kNanos = 1e9;  // in a second

// Two files, so the first text is parsed from a copy: both are read into one buffer.
std::optional<CpuQuota> quota_of(CgroupFolder& cpu, const std::filesystem::path& folder) {
  const auto quota = cpu.text(folder, "cpu.cfs_quota_us");
  if (!quota) return std::nullopt;
  const std::string copy(*quota);
  const auto period = cpu.text(folder, "cpu.cfs_period_us");
  return period ? parse_cpu_quota(copy, *period) : std::nullopt;
}

// The kernel tells the least limit of the cgroup and all above it, seen or not; a kernel that does
// not (gVisor's) is asked for each.
std::optional<double> memory_limit(CgroupFolder& memory, std::optional<double> hierarchical) {
  static constexpr std::string_view kFile = "memory.limit_in_bytes";
  constexpr double kMostBytes = 0x1p62;
  if (hierarchical) return *hierarchical >= kMostBytes ? kNoLimit : hierarchical;
  return memory.least(kFile, [&memory](const std::filesystem::path& folder) {
    const auto text = memory.text(folder, kFile);
    return text ? parse_cgroup_v1_limit(*text) : std::nullopt;
  });
}

}  // namespace

bool read_cgroup_v1_cpu(CgroupFolder& cpu, CgroupFigures::Cpu& figures) {
  const auto stat = cpu.kept("cpu.stat");
  if (stat) {
    parse_named_numbers(
        *stat, std::array{WantedLine{"nr_periods", &figures.periods},
                          WantedLine{"nr_throttled", &figures.throttled_periods},
                          WantedLine{"throttled_time", &figures.throttled_seconds, kNanos}});
  }
  if (const auto quota = quota_of(cpu, cpu.place().folder())) {
    figures.quota_micros = quota->quota_micros;
    figures.period_micros = quota->period_micros;
  }
  figures.limit_cores = cpu.least("cpu.cfs_quota_us", [&cpu](const std::filesystem::path& folder) {
    const auto quota = quota_of(cpu, folder);
    return quota ? std::optional(quota->cores()) : std::nullopt;
  });
  const auto shares = cpu.text("cpu.shares");
  if (shares) figures.shares = parse_cgroup_number(*shares);
  return stat || shares;
}

bool read_cgroup_v1_cpuacct(CgroupFolder& cpuacct, CgroupFigures::Cpu& figures) {
  const auto usage = cpuacct.kept("cpuacct.usage");
  if (usage) {
    const auto nanos = parse_cgroup_number(*usage);
    if (nanos) figures.usage_seconds = *nanos / kNanos;
  }
  const auto stat = cpuacct.kept("cpuacct.stat");
  if (stat) {
    parse_named_numbers(
        *stat, std::array{WantedLine{"user", &figures.user_seconds, ticks_per_second()},
                          WantedLine{"system", &figures.system_seconds, ticks_per_second()}});
  }
  return usage || stat;
}

bool read_cgroup_v1_memory(CgroupFolder& memory, CgroupFigures::Memory& figures) {
  const auto usage = memory.kept("memory.usage_in_bytes");
  if (usage) figures.usage_bytes = parse_cgroup_number(*usage);
  std::optional<double> inactive_file;
  std::optional<double> hierarchical;
  const auto stat = memory.kept("memory.stat");
  if (stat) {
    parse_named_numbers(*stat, std::array{WantedLine{"total_rss", &figures.rss_bytes},
                                          WantedLine{"total_cache", &figures.cache_bytes},
                                          WantedLine{"total_swap", &figures.swap_bytes},
                                          WantedLine{"total_inactive_file", &inactive_file},
                                          WantedLine{"hierarchical_memory_limit", &hierarchical}});
  }
  figures.working_set_bytes = working_set(figures.usage_bytes, inactive_file);
  figures.limit_bytes = memory_limit(memory, hierarchical);
  if (const auto text = memory.text("memory.soft_limit_in_bytes")) {
    figures.request_bytes = finite(parse_cgroup_v1_limit(*text));
  }
  if (const auto text = memory.kept("memory.failcnt")) {
    figures.failures = parse_cgroup_number(*text);
  }
  if (const auto text = memory.kept("memory.oom_control")) {
    parse_named_numbers(*text, std::array{WantedLine{"oom_kill", &figures.oom_kills}});
  }
  return usage || stat;
}

std::optional<double> working_set(std::optional<double> usage,
                                  std::optional<double> inactive_file) {
  if (!usage || !inactive_file) return std::nullopt;
  return std::max(0.0, *usage - *inactive_file);
}

}  // namespace wayside
