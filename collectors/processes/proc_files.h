#pragma once

#include <sys/types.h>

#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/file_descriptor.h"
#include "agent/core/result.h"
#include "collectors/processes/directory_entries.h"

namespace wayside {

// The files of processes below /proc, read with a descriptor of /proc that stays open and buffers
// that are reused. Errors are errno's: a process that is gone gives ENOENT or ESRCH, one that may
// not be looked at EACCES or EPERM. One thread.
class ProcFiles {
 public:
  explicit ProcFiles(std::filesystem::path proc) : proc_(std::move(proc)) {}

  // Opens /proc where it is not open.
  Result<void> open();
  [[nodiscard]] int root() const { return root_.get(); }

  // All processes there are, in the order of the kernel's. The error is one of the whole.
  Result<std::span<const pid_t>> pids();
  // /proc/PID; -1 with errno where it cannot be opened.
  FileDescriptor open_process(pid_t pid);
  FileDescriptor open_file(int process, const char* name);
  // The text of a file of a process, in a buffer that the next read overwrites.
  int read(int process, const char* name, std::string_view& text, std::size_t most = kMostOfText);
  int read_record_of(pid_t pid, const char* name, std::string_view& text);
  // The same of a file whose text the kernel makes in one piece (stat, status, io), which one read
  // gives, at most kMostOfRecord bytes of it.
  int read_record(int process, const char* name, std::string_view& text);
  int reread(const FileDescriptor& file, std::string_view& text);
  // Where a link leads, as far as kMostOfLink; empty where it cannot be told.
  int link(int directory, const char* name, std::string_view& text);
  // How many files a process has open.
  int open_files(int process, std::size_t& count);
  int threads(int process, std::vector<pid_t>& out);
  int descriptors(int process, std::vector<int>& out);

  // A file that may be long, in a buffer of the caller's.
  int read_long(const char* name, std::string& buffer);

  static constexpr std::size_t kMostOfText = 65'536;
  static constexpr std::size_t kMostOfRecord = 16'384;
  static constexpr std::size_t kMostOfLink = 4'096;

 private:
  bool kernel_counts_files();

  std::filesystem::path proc_;
  FileDescriptor root_;
  DirectoryReader reader_;
  std::vector<pid_t> pids_;
  std::string buffer_;
  std::vector<char> record_ = std::vector<char>(kMostOfRecord);
  std::vector<char> link_ = std::vector<char>(kMostOfLink);
  std::optional<bool> kernel_counts_files_;
};

inline bool is_gone(int code) {
  return code == ENOENT || code == ESRCH;
}

// For want of a right.
inline bool is_refused(int code) {
  return code == EACCES || code == EPERM;
}

}  // namespace wayside
