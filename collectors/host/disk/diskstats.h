#pragma once

#include <memory>
#include <span>

#include "collectors/host/disk/diskstats_text.h"
#include "collectors/host/disk/udev_text.h"
#include "collectors/host/part.h"

namespace wayside {

// A device, and what udev knows of it, if anything.
struct Disk {
  DiskStats stats;
  UdevProperties properties;
};

// node_disk_reads_completed_total and its like, by device; node_disk_info, and what is known of
// file systems, device mapper and ATA.
void add_disks(std::span<const Disk> disks, FamilyList& out);

// Reads /proc/diskstats and, of each device that is not ignored, its file in /run/udev/data below
// the environment's root.
std::unique_ptr<HostPart> diskstats_part(const HostContext& host);

}  // namespace wayside
