#include "collectors/processes/directory_entries.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "agent/system/field_text.h"

namespace wayside {
namespace {

constexpr std::size_t kBuffer = std::size_t{64} << 10U;

}  // namespace

std::optional<pid_t> pid_named(std::string_view name) {
  if (name.empty() || name.front() < '1' || name.front() > '9') return std::nullopt;
  return number_in<pid_t>(name);
}

DirectoryReader::DirectoryReader() : buffer_(kBuffer) {}

template <typename Fn>
int DirectoryReader::read(int directory, const Fn& fn) {
  if (::lseek(directory, 0, SEEK_SET) < 0) return errno;
  while (true) {
    const long got = ::syscall(SYS_getdents64, directory, buffer_.data(), buffer_.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    if (got == 0) return 0;
    each_entry(std::span<const char>(buffer_.data(), static_cast<std::size_t>(got)), fn);
  }
}

int DirectoryReader::pids(int directory, std::vector<pid_t>& pids) {
  return read(directory, [&](std::string_view name) {
    if (const auto pid = pid_named(name)) pids.push_back(*pid);
  });
}

int DirectoryReader::descriptors(int directory, std::vector<int>& descriptors) {
  return read(directory, [&](std::string_view name) {
    if (const auto number = number_in<int>(name)) descriptors.push_back(*number);
  });
}

std::optional<std::size_t> DirectoryReader::count(int directory) {
  std::size_t names = 0;
  const int code = read(directory, [&](std::string_view name) {
    if (name != "." && name != "..") ++names;
  });
  return code == 0 ? std::optional<std::size_t>(names) : std::nullopt;
}

}  // namespace wayside
