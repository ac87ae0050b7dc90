#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <tuple>

#include "agent/system/family_list.h"
#include "collectors/host/kernel/cpu_text.h"

namespace wayside {

// node_cpu_core_throttles_total{core,package} and node_cpu_package_throttles_total{package}: how
// often the processor was slowed down for its heat, from thermal_throttle and topology below
// devices/system/cpu/cpuN (Documentation/ABI/testing/sysfs-devices-system-cpu). Processors that do
// not count it, and virtual ones, are not told of, and not asked again. One thread at a time.
class Throttles {
 public:
  // `sys` is where sysfs is mounted.
  explicit Throttles(const std::filesystem::path& sys) : cpus_(sys / "devices/system/cpu") {}

  // Of these CPUs, which are those online.
  void add(std::span<const CpuLine> cpus, FamilyList& out);

 private:
  struct Place {
    std::uint64_t package;
    std::uint64_t core;
    bool operator<(const Place& other) const {
      return std::tie(package, core) < std::tie(other.package, other.core);
    }
  };
  // Where a CPU is; nothing where it does not count.
  std::optional<Place> place_of(std::uint32_t cpu);
  std::optional<std::uint64_t> number(std::uint32_t cpu, const char* file);

  std::filesystem::path cpus_;
  std::map<std::uint32_t, std::optional<Place>> places_;  // of the CPUs met so far
  std::string buffer_;
};

}  // namespace wayside
