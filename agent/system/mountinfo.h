#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wayside {

// One line of /proc/PID/mountinfo (proc(5)), with its octal escapes undone.
struct Mount {
  std::string root;     // field 4: what of the file system is mounted
  std::string point;    // field 5: where
  std::string type;     // of the file system
  std::string options;  // of the file system, "rw,memory"
};

// Parses the text of /proc/PID/mountinfo. Lines that are none are left out.
std::vector<Mount> parse_mountinfo(std::string_view text);

// Undoes \040 (space), \011, \012, \134 and the like, as the kernel writes them in its tables of
// mounts; a backslash that begins none stays.
std::string unescape_mount(std::string_view text);

}  // namespace wayside
