#include "collectors/host/kernel/throttle.h"

#include <fcntl.h>

#include "agent/system/field_text.h"
#include "agent/system/kernel_file.h"

namespace wayside {
namespace {

constexpr const char* kCoreCount = "thermal_throttle/core_throttle_count";
constexpr const char* kPackageCount = "thermal_throttle/package_throttle_count";

}  // namespace

void Throttles::add(std::span<const CpuLine> cpus, FamilyList& out) {
  // Cores have several CPUs and packages several cores: each counts once.
  std::map<Place, std::uint64_t> cores;
  std::map<std::uint64_t, std::uint64_t> packages;
  for (const CpuLine& line : cpus) {
    const auto place = place_of(line.cpu);
    if (!place) continue;
    if (!cores.contains(*place)) {
      if (const auto count = number(line.cpu, kCoreCount)) cores[*place] = *count;
    }
    if (packages.contains(place->package)) continue;
    if (const auto count = number(line.cpu, kPackageCount)) packages[place->package] = *count;
  }
  auto& by_core = add_family(out, "node_cpu_core_throttles_total",
                             "Times that each core was slowed down for its heat.",
                             prometheus::MetricType::Counter);
  for (const auto& [place, count] : cores) {
    add_sample(by_core, static_cast<double>(count),
               {{"core", std::to_string(place.core)}, {"package", std::to_string(place.package)}});
  }
  auto& by_package = add_family(out, "node_cpu_package_throttles_total",
                                "Times that each processor was slowed down for its heat.",
                                prometheus::MetricType::Counter);
  for (const auto& [package, count] : packages) {
    add_sample(by_package, static_cast<double>(count), {{"package", std::to_string(package)}});
  }
}

std::optional<Throttles::Place> Throttles::place_of(std::uint32_t cpu) {
  const auto known = places_.find(cpu);
  if (known != places_.end()) return known->second;
  std::optional<Place> place;
  const auto package = number(cpu, "topology/physical_package_id");
  const auto core = number(cpu, "topology/core_id");
  const bool counts = number(cpu, kCoreCount) || number(cpu, kPackageCount);
  if (package && core && counts) place = Place{*package, *core};
  return places_[cpu] = place;
}

std::optional<std::uint64_t> Throttles::number(std::uint32_t cpu, const char* file) {
  const auto path = cpus_ / ("cpu" + std::to_string(cpu)) / file;
  if (read_at(AT_FDCWD, path.c_str(), buffer_) != 0) return std::nullopt;
  std::string_view text = buffer_;
  return next_number<std::uint64_t>(text);
}

}  // namespace wayside
