#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace wayside {

// One line of /proc/PID/mounts (proc(5), fstab(5)).
struct MountedDevice {
  static constexpr std::size_t kMost = 8192;  // lines that are read
  std::string device;                         // as it stands there, with its escapes; may be empty
  std::string point;                          // without them
  std::string type;                           // of the file system
  bool read_only = false;
};

// Parses the text of /proc/PID/mounts. Lines that are none are left out.
std::vector<MountedDevice> parse_mounts(std::string_view text);

}  // namespace wayside
