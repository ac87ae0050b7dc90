#pragma once

#include <span>

#include "collectors/host/disk/diskstats.h"

namespace wayside {

// What add_disks tells of disks beside their counters: the _info families, whose value is always
// 1, and node_disk_ata_*.
void add_disk_info(std::span<const Disk> disks, FamilyList& out);

}  // namespace wayside
