#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>

namespace wayside {

// The inode of the socket that a link in /proc/PID/fd leads to, "socket:[4711]" (proc(5)); nothing
// for another file.
std::optional<std::uint64_t> socket_inode(std::string_view link);

// Calls `fn` with the inode of each socket that the process has open, up to 65,536 descriptors.
// Gives 0, or the errno: ENOENT where the process is gone, EACCES where it is another user's.
int each_held_socket(const std::filesystem::path& proc, pid_t pid,
                     const std::function<void(std::uint64_t inode)>& fn);

// Whether the process is in another network namespace than the agent; nothing where that cannot be
// read.
std::optional<bool> in_other_network(const std::filesystem::path& proc, pid_t pid);

}  // namespace wayside
