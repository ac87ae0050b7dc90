#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "collectors/host/part.h"

namespace wayside {

// What the folder of a network device in /sys/class/net says
// (Documentation/ABI/testing/sysfs-class-net). Files that a device does not have, and those that
// the kernel refuses while it is down, are absent.
struct NetClassDevice {
  // The files that are numbers.
  static constexpr std::array kFiles = {
      "addr_assign_type", "carrier", "carrier_changes", "carrier_up_count", "carrier_down_count",
      "dev_id",           "dormant", "flags",           "ifindex",          "iflink",
      "link_mode",        "mtu",     "netdev_group",    "name_assign_type", "speed",
      "tx_queue_len",     "type"};
  std::string name;
  std::string address;
  std::string broadcast;
  std::string duplex;
  std::string operstate;
  std::string ifalias;
  std::array<std::optional<std::int64_t>, kFiles.size()> numbers{};
};

// The number in such a file: "1500", "-1", "0x1003".
std::optional<std::int64_t> parse_netclass_number(std::string_view text);
// The one line of the others.
std::string_view parse_netclass_text(std::string_view text);

// node_network_up, node_network_info, node_network_mtu_bytes and their like, by device. A speed
// that the device does not know, which the kernel has as -1, is absent.
void add_netclass(std::span<const NetClassDevice> devices, FamilyList& out);

// Reads /sys/class/net: every device, loopback too. One that vanishes meanwhile is left out.
std::unique_ptr<HostPart> netclass_part(const HostContext& host);

}  // namespace wayside
