#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "agent/core/file_descriptor.h"
#include "agent/core/result.h"

namespace wayside {

// A file of the kernel's that is read again and again, such as /proc/stat: opened when first read
// and kept open, since each read from its start makes its text anew. One thread at a time.
class KernelFile {
 public:
  static constexpr std::size_t kMost = std::size_t{8} << 20U;  // bytes; the rest is cut off

  explicit KernelFile(std::filesystem::path path) : path_(std::move(path)) {}

  // The whole text, in a buffer that the next read overwrites. The error names the path; a file
  // that is not there now is looked for again by the next read.
  Result<std::string_view> read();
  // The same in a buffer of the caller's, which many files may share. Gives 0, or the errno.
  int read(std::string& buffer);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  FileDescriptor file_;
  std::string buffer_;
};

// The same for a file that is read once: the text of `name` below the directory `at` (a descriptor,
// or AT_FDCWD) in `buffer`, whose room is reused. The error is errno's alone, without a path, so
// that a process that vanished costs no string. Gives 0, or the errno.
int read_at(int at, const char* name, std::string& buffer, std::size_t most = KernelFile::kMost);

}  // namespace wayside
