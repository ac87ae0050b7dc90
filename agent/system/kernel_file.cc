#include "agent/system/kernel_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace wayside {
namespace {

constexpr std::size_t kFirst = 4096;

// The whole of what `file` yields from its start. Gives 0, or the errno.
int read_whole(int file, std::string& buffer, std::size_t most) {
  buffer.resize(std::min(std::max(buffer.capacity(), kFirst), most));
  std::size_t size = 0;
  while (true) {
    const ssize_t got =
        ::pread(file, buffer.data() + size, buffer.size() - size, static_cast<off_t>(size));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      const int code = errno;
      buffer.clear();
      return code;
    }
    size += static_cast<std::size_t>(got);
    // A short read is no end: seq_file stops at the end of a record.
    if (got == 0 || size == most) break;
    if (size == buffer.size()) buffer.resize(std::min(most, size * 2));
  }
  buffer.resize(size);
  return 0;
}

}  // namespace

Result<std::string_view> KernelFile::read() {
  if (const int code = read(buffer_); code != 0) return system_error(path_.string(), code);
  return std::string_view{buffer_};
}

int KernelFile::read(std::string& buffer) {
  if (file_ && read_whole(file_.get(), buffer, kMost) == 0) return 0;
  file_ = FileDescriptor(::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  const int code = file_ ? read_whole(file_.get(), buffer, kMost) : errno;
  if (code != 0) {
    buffer.clear();
    file_.reset();
  }
  return code;
}

int read_at(int at, const char* name, std::string& buffer, std::size_t most) {
  const FileDescriptor file(::openat(at, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  const int code = errno;
  if (!file) {
    buffer.clear();
    return code;
  }
  return read_whole(file.get(), buffer, most);
}

}  // namespace wayside
