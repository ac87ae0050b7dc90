#include "collectors/processes/proc_files.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <array>
#include <charconv>

#include "agent/system/kernel_file.h"

namespace wayside {
namespace {

constexpr int kDirectory = O_RDONLY | O_DIRECTORY | O_CLOEXEC;

// "4711" or "4711/stat" below /proc.
class PidPath {
 public:
  explicit PidPath(pid_t pid, std::string_view name = {}) {
    char* end = std::to_chars(text_.data(), text_.data() + kDigits, pid).ptr;
    if (!name.empty()) *end++ = '/';
    name.copy(end, text_.size() - kDigits - 2);
  }
  [[nodiscard]] const char* get() const { return text_.data(); }

 private:
  static constexpr std::size_t kDigits = 12;
  std::array<char, 48> text_{};
};

}  // namespace

Result<void> ProcFiles::open() {
  if (root_) return {};
  root_ = FileDescriptor(::open(proc_.c_str(), kDirectory));
  if (!root_) return system_error(proc_.string());
  return {};
}

Result<std::span<const pid_t>> ProcFiles::pids() {
  if (auto opened = open(); !opened) return opened.error();
  pids_.clear();
  if (const int code = reader_.pids(root_.get(), pids_); code != 0) {
    root_.reset();
    return system_error(proc_.string(), code);
  }
  return std::span<const pid_t>(pids_);
}

FileDescriptor ProcFiles::open_process(pid_t pid) {
  return FileDescriptor(
      ::openat(root_.get(), PidPath(pid).get(), O_PATH | O_DIRECTORY | O_CLOEXEC));
}

FileDescriptor ProcFiles::open_file(int process, const char* name) {
  return FileDescriptor(::openat(process, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK));
}

int ProcFiles::read(int process, const char* name, std::string_view& text, std::size_t most) {
  const int code = read_at(process, name, buffer_, most);
  text = buffer_;
  return code;
}

int ProcFiles::read_record_of(pid_t pid, const char* name, std::string_view& text) {
  return read_record(root_.get(), PidPath(pid, name).get(), text);
}

int ProcFiles::reread(const FileDescriptor& file, std::string_view& text) {
  const ssize_t got = ::pread(file.get(), record_.data(), record_.size(), 0);
  if (got < 0) return errno;
  text = std::string_view(record_.data(), static_cast<std::size_t>(got));
  return 0;
}

int ProcFiles::read_record(int process, const char* name, std::string_view& text) {
  const FileDescriptor file = open_file(process, name);
  return file ? reread(file, text) : errno;
}

// A table of many connections; what is beyond is not looked at.
int ProcFiles::read_long(const char* name, std::string& buffer) {
  constexpr std::size_t kMost = std::size_t{16} << 20U;
  return read_at(root_.get(), name, buffer, kMost);
}

int ProcFiles::link(int directory, const char* name, std::string_view& text) {
  text = {};
  const ssize_t got = ::readlinkat(directory, name, link_.data(), link_.size());
  if (got < 0) return errno;
  text = std::string_view(link_.data(), static_cast<std::size_t>(got));
  return 0;
}

// Linux 6.2 and later tell the number of open files as the size of /proc/PID/fd, to everyone; a
// tree that is no procfs has sizes of another kind.
bool ProcFiles::kernel_counts_files() {
  if (kernel_counts_files_) return *kernel_counts_files_;
  struct statfs system {};
  struct stat own {};
  kernel_counts_files_ = ::fstatfs(root_.get(), &system) == 0 &&
                         system.f_type == PROC_SUPER_MAGIC &&
                         ::fstatat(root_.get(), "self/fd", &own, 0) == 0 && own.st_size > 0;
  return *kernel_counts_files_;
}

int ProcFiles::open_files(int process, std::size_t& count) {
  if (kernel_counts_files()) {
    struct stat files {};
    if (::fstatat(process, "fd", &files, 0) != 0) return errno;
    count = static_cast<std::size_t>(files.st_size);
    return 0;
  }
  const FileDescriptor directory(::openat(process, "fd", kDirectory));
  if (!directory) return errno;
  const auto counted = reader_.count(directory.get());
  if (!counted) return errno;
  count = *counted;
  return 0;
}

int ProcFiles::threads(int process, std::vector<pid_t>& out) {
  const FileDescriptor directory(::openat(process, "task", kDirectory));
  if (!directory) return errno;
  return reader_.pids(directory.get(), out);
}

int ProcFiles::descriptors(int process, std::vector<int>& out) {
  const FileDescriptor directory(::openat(process, "fd", kDirectory));
  if (!directory) return errno;
  return reader_.descriptors(directory.get(), out);
}

}  // namespace wayside
