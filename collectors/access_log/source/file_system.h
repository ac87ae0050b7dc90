#pragma once

#include <cstdint>
#include <string_view>

namespace wayside {

// The name of a file system where inotify is silent about what others write (another machine, a
// layer below, a program in user space); empty for all others. Magic numbers as in statfs(2).
std::string_view silent_file_system(std::uint64_t magic);

// The same of an open file.
std::string_view silent_file_system_of(int descriptor);

}  // namespace wayside
