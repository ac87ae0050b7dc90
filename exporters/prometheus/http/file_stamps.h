#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <vector>

namespace wayside {

// What tells that one of several files changed or was replaced, symbolic links included:
// device, inode, size and the times of its content and its inode. A file that is not there is all
// zeros. Taken before the files are read, so that no change in between is missed.
class FileStamps {
 public:
  FileStamps() = default;
  explicit FileStamps(const std::vector<std::filesystem::path>& files);
  friend bool operator==(const FileStamps&, const FileStamps&) = default;

 private:
  struct Stamp {
    dev_t device = 0;
    ino_t inode = 0;
    off_t size = 0;
    std::int64_t modified = 0;  // nanoseconds since 1970, as is the next
    std::int64_t changed = 0;
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };
  std::vector<Stamp> stamps_;
};

}  // namespace wayside
