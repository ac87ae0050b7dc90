#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "collectors/host/part.h"

namespace wayside {

// One line of /proc/diskstats (Documentation/admin-guide/iostats.rst). Older kernels know the
// first 11 of the numbers, or 15.
struct DiskDevice {
  static constexpr std::size_t kLeast = 11;
  static constexpr std::size_t kNumbers = 17;
  std::string name;
  std::uint32_t major = 0;
  std::uint32_t minor = 0;
  std::array<std::uint64_t, kNumbers> numbers{};
  std::size_t known = 0;  // how many of them there are
};

// Lines that are none are left out.
std::vector<DiskDevice> parse_diskstats(std::string_view text);

// Whether a device is one that node_exporter leaves out: memory, loops, floppies and partitions.
bool is_left_out_disk(std::string_view name);

// node_disk_reads_completed_total and its like, by device.
void add_disks(std::span<const DiskDevice> devices, FamilyList& out);

// Reads /proc/diskstats, and of each device what udev knows of it (disk_info.h).
std::unique_ptr<HostPart> diskstats_part(const HostContext& host);

}  // namespace wayside
