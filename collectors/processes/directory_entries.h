#pragma once

#include <sys/types.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace wayside {

// The names in what getdents64(2) wrote into `bytes`: calls `fn(name)` for each whole entry,
// "." and ".." included, and stops at one that does not fit.
template <typename Fn>
void each_entry(std::span<const char> bytes, const Fn& fn) {
  constexpr std::size_t kLength = 16;  // where d_reclen stands, after d_ino and d_off
  constexpr std::size_t kName = 19;    // where d_name begins, after d_reclen and d_type
  while (bytes.size() > kName) {
    const std::size_t size = static_cast<unsigned char>(bytes[kLength]) +
                             (static_cast<unsigned char>(bytes[kLength + 1]) << 8U);
    if (size <= kName || size > bytes.size()) return;
    const std::string_view field(bytes.data() + kName, size - kName);
    fn(field.substr(0, field.find('\0')));
    bytes = bytes.subspan(size);
  }
}

// The process that a name in /proc stands for; nothing for any other name.
std::optional<pid_t> pid_named(std::string_view name);

// A directory that is read again and again through a descriptor that stays open. One thread.
class DirectoryReader {
 public:
  DirectoryReader();
  // Adds the pids among the names in `directory`, from its start, to `pids`. Gives 0, or the errno.
  int pids(int directory, std::vector<pid_t>& pids);
  // The same of descriptors in /proc/PID/fd.
  int descriptors(int directory, std::vector<int>& descriptors);
  // The number of names but "." and ".."; nothing where it cannot be read.
  std::optional<std::size_t> count(int directory);

 private:
  template <typename Fn>
  int read(int directory, const Fn& fn);
  std::vector<char> buffer_;
};

}  // namespace wayside
