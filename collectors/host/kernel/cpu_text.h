#pragma once

#include <array>
#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace wayside {

// What a CPU did, in ticks (agent/system/units.h), in the order of /proc/stat (proc(5)). Time in
// guests is part of user and nice as well.
struct CpuTimes {
  enum Mode : std::uint8_t {
    user,
    nice,
    system,
    idle,
    iowait,
    irq,
    softirq,
    steal,
    guest,
    guest_nice
  };
  static constexpr std::size_t kModes = 10;
  std::array<std::uint64_t, kModes> ticks{};
  std::size_t known = 0;  // modes that this kernel tells, from the first on; at least four
  // Those that fell below zero, as stolen time does in some virtual machines: their ticks mean
  // nothing.
  std::bitset<kModes> below_zero;
};

// The first line of /proc/stat: all CPUs together. Nothing where a mode fell below zero.
std::optional<CpuTimes> parse_all_cpus(std::string_view text);

struct CpuLine {
  std::uint32_t cpu;
  CpuTimes times;
};

// The lines of the single CPUs that are online, ascending. A line that is none, or that does not
// ascend, is left out.
std::vector<CpuLine> parse_cpus(std::string_view text);

}  // namespace wayside
