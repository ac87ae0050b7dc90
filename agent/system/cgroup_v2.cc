#include <array>

#include "agent/system/cgroup_text.h"
#include "agent/system/cgroup_versions.h"
#include "agent/system/pressure_text.h"

namespace wayside {
namespace {

constexpr double kMicros = 1e6;  // in a second

std::optional<CpuQuota> quota_of(CgroupFolder& cpu, const std::filesystem::path& folder) {
  const auto text = cpu.text(folder, "cpu.max");
  return text ? parse_cpu_max(*text) : std::nullopt;
}

std::optional<double> limit_of(CgroupFolder& folder, std::string_view name) {
  const auto text = folder.text(name);
  return text ? parse_cgroup_limit(*text) : std::nullopt;
}

// What the kernel never takes from it, else what it takes last; neither where not set.
std::optional<double> memory_request(CgroupFolder& memory) {
  for (const std::string_view name : {"memory.min", "memory.low"}) {
    const auto bytes = finite(limit_of(memory, name));
    if (bytes && *bytes > 0) return bytes;
  }
  return std::nullopt;
}

void read_memory_settings(CgroupFolder& memory, CgroupFigures::Memory& figures) {
  static constexpr std::string_view kFile = "memory.max";
  figures.limit_bytes = memory.least(kFile, [&memory](const std::filesystem::path& folder) {
    const auto text = memory.text(folder, kFile);
    return text ? parse_cgroup_limit(*text) : std::nullopt;
  });
  figures.request_bytes = memory_request(memory);
}

std::optional<double> seconds_of(const std::optional<PressureLine>& line) {
  if (!line || !line->total) return std::nullopt;
  return static_cast<double>(*line->total) / 1e6;
}

bool read_one_pressure(CgroupFolder& unified, std::string_view name, CgroupPressure& pressure) {
  const auto text = unified.kept(name);
  if (text) {
    const Pressure parsed = parse_pressure(*text);
    pressure = {.some_seconds = seconds_of(parsed.some), .full_seconds = seconds_of(parsed.full)};
  }
  return text.has_value();
}

}  // namespace

bool read_cgroup_v2_cpu(CgroupFolder& cpu, CgroupFigures::Cpu& figures) {
  const auto stat = cpu.kept("cpu.stat");
  if (stat) {
    parse_named_numbers(
        *stat, std::array{WantedLine{"usage_usec", &figures.usage_seconds, kMicros},
                          WantedLine{"user_usec", &figures.user_seconds, kMicros},
                          WantedLine{"system_usec", &figures.system_seconds, kMicros},
                          WantedLine{"nr_periods", &figures.periods},
                          WantedLine{"nr_throttled", &figures.throttled_periods},
                          WantedLine{"throttled_usec", &figures.throttled_seconds, kMicros}});
  }
  if (const auto quota = quota_of(cpu, cpu.place().folder())) {
    figures.quota_micros = quota->quota_micros;
    figures.period_micros = quota->period_micros;
  }
  figures.limit_cores = cpu.least("cpu.max", [&cpu](const std::filesystem::path& folder) {
    const auto quota = quota_of(cpu, folder);
    return quota ? std::optional(quota->cores()) : std::nullopt;
  });
  if (const auto weight = cpu.text("cpu.weight")) figures.shares = parse_cpu_weight(*weight);
  return stat.has_value();
}

bool read_cgroup_v2_memory(CgroupFolder& memory, CgroupFigures::Memory& figures) {
  const auto usage = memory.kept("memory.current");
  if (usage) figures.usage_bytes = parse_cgroup_number(*usage);
  std::optional<double> inactive_file;
  const auto stat = memory.kept("memory.stat");
  if (stat) {
    parse_named_numbers(*stat, std::array{WantedLine{"anon", &figures.rss_bytes},
                                          WantedLine{"file", &figures.cache_bytes},
                                          WantedLine{"inactive_file", &inactive_file}});
  }
  figures.working_set_bytes = working_set(figures.usage_bytes, inactive_file);
  if (const auto text = memory.kept("memory.swap.current")) {
    figures.swap_bytes = parse_cgroup_number(*text);
  }
  if (const auto text = memory.kept("memory.events")) {
    parse_named_numbers(*text, std::array{WantedLine{"max", &figures.failures},
                                          WantedLine{"oom_kill", &figures.oom_kills}});
  }
  read_memory_settings(memory, figures);
  return usage || stat;
}

bool read_cgroup_v2_pressure(CgroupFolder& unified, CgroupFigures& figures) {
  const bool cpu = read_one_pressure(unified, "cpu.pressure", figures.cpu_pressure);
  const bool memory = read_one_pressure(unified, "memory.pressure", figures.memory_pressure);
  const bool io = read_one_pressure(unified, "io.pressure", figures.io_pressure);
  return cpu || memory || io;
}

bool read_cgroup_pids(CgroupFolder& pids, CgroupFigures::Pids& figures) {
  const auto current = pids.kept("pids.current");
  if (!current) return false;
  figures.current = parse_cgroup_number(*current);
  figures.limit = limit_of(pids, "pids.max");
  return true;
}

}  // namespace wayside
