#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "collectors/host/part.h"

namespace wayside {

// What /sys/class/net tells of one device: the texts of its files, without those that cannot be
// read (Documentation/ABI/testing/sysfs-class-net).
struct NetClassDevice {
  std::string name;
  std::map<std::string, std::string, std::less<>> files;

  [[nodiscard]] std::string_view text(std::string_view file) const;  // empty: none
};

// "1500", "-1" or "0x1003", with a newline or without.
std::optional<double> parse_net_class_number(std::string_view text);

// node_network_info, node_network_up, node_network_mtu_bytes and their like, by device.
void add_net_class(std::span<const NetClassDevice> devices, FamilyList& out);

// Reads /sys/class/net of the devices in /proc/net/dev, loopback among them, as node_exporter does.
std::unique_ptr<HostPart> netclass_part(const HostContext& host);

}  // namespace wayside
