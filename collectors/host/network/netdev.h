#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "collectors/host/part.h"

namespace wayside {

// One network device's line of /proc/net/dev: what it received and what it sent, in the columns'
// order (proc(5)).
struct NetDevice {
  static constexpr std::size_t kCounters = 16;
  std::string name;
  std::array<std::uint64_t, kCounters> counters{};
  std::optional<std::uint64_t> no_handler;  // received and wanted by nobody; not of this file
};

// Each device once; lines that are none are left out. Loopback is among them.
std::vector<NetDevice> parse_net_dev(std::string_view text);

// node_network_receive_bytes_total and its like, by device.
void add_net_devices(std::span<const NetDevice> devices, FamilyList& out);

// Reads /proc/net/dev, and statistics/rx_nohandler of each device under /sys/class/net. Without
// loopback, as Debian's node_exporter has it.
std::unique_ptr<HostPart> netdev_part(const HostContext& host);

}  // namespace wayside
