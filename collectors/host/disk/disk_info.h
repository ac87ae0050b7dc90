#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "agent/system/family_list.h"

namespace wayside {

// What is known of a disk beside its numbers.
struct DiskInfo {
  std::string device;
  std::string major;
  std::string minor;
  std::map<std::string, std::string, std::less<>> properties;  // as udev names them: ID_MODEL

  // Empty where it is not known.
  [[nodiscard]] std::string property(std::string_view name) const;
};

// The properties in a file of udev's database, /run/udev/data/bMAJOR:MINOR: lines "E:NAME=VALUE".
// Only those that are told of.
DiskInfo parse_udev_data(std::string_view text);

// node_disk_info of each disk, and where udev knows of it node_disk_filesystem_info,
// node_disk_device_mapper_info and node_disk_ata_….
void add_disk_infos(std::span<const DiskInfo> infos, FamilyList& out);

}  // namespace wayside
