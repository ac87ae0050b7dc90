#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wayside {

// A device's line of /proc/diskstats (Documentation/admin-guide/iostats.rst).
struct DiskStats {
  static constexpr std::size_t kCounters = 17;  // of kernels from 5.5 on
  static constexpr std::size_t kLeast = 11;     // of all since 2.6.25; whole disks had them before
  static constexpr std::size_t kMost = 8192;    // devices that are read
  std::uint32_t major = 0;
  std::uint32_t minor = 0;
  std::string device;
  std::array<std::uint64_t, kCounters> counters{};  // in the columns' order
  std::size_t known = 0;                            // how many of them this kernel has
};

// Each device's first line; lines that are none are left out.
std::vector<DiskStats> parse_diskstats(std::string_view text);

}  // namespace wayside
