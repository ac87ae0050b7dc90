#pragma once

#include <sys/statvfs.h>

#include <memory>
#include <optional>
#include <span>

#include "collectors/host/disk/mounts_text.h"
#include "collectors/host/part.h"

namespace wayside {

// A mount and how full its file system is; nothing where that could not be learned.
struct FileSystem {
  MountedDevice mount;
  std::optional<struct ::statvfs> values;
};

// node_filesystem_size_bytes and its like, by device, fstype and mountpoint.
void add_filesystems(std::span<const FileSystem> filesystems, FamilyList& out);

// Reads /proc/1/mounts, or /proc/mounts where that is hidden, and asks each mount that is not
// ignored by statvfs(3), as mount_calls.h says. Of several mounts at one place the last is told,
// which is what the path tells of. Where the environment's root is not "/", mounts are looked for
// below it.
std::unique_ptr<HostPart> filesystem_part(const HostContext& host);

}  // namespace wayside
