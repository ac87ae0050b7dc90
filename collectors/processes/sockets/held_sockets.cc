#include "collectors/processes/sockets/held_sockets.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>
#include <string>

#include "agent/system/field_text.h"

namespace wayside {
namespace {

constexpr std::size_t kMostDescriptors = 65'536;

struct DirectoryCloser {
  void operator()(DIR* directory) const { closedir(directory); }
};
using Directory = std::unique_ptr<DIR, DirectoryCloser>;

// Room for "net:[4294967295]" and "socket:[…]"; what is longer is neither.
using LinkText = std::array<char, 64>;

std::optional<std::string_view> read_link(int at, const char* name, LinkText& room) {
  const ssize_t size = readlinkat(at, name, room.data(), room.size());
  if (size < 0) return std::nullopt;
  return std::string_view(room.data(), static_cast<std::size_t>(size));
}

}  // namespace

std::optional<std::uint64_t> socket_inode(std::string_view link) {
  constexpr std::string_view kFront = "socket:[";
  if (!link.starts_with(kFront) || !link.ends_with(']')) return std::nullopt;
  return number_in<std::uint64_t>(link.substr(kFront.size(), link.size() - kFront.size() - 1));
}

int each_held_socket(const std::filesystem::path& proc, pid_t pid,
                     const std::function<void(std::uint64_t inode)>& fn) {
  const std::filesystem::path path = proc / std::to_string(pid) / "fd";
  const Directory directory(opendir(path.c_str()));
  if (!directory) return errno;
  LinkText room;
  for (std::size_t i = 0; i < kMostDescriptors; ++i) {
    const dirent* entry = readdir(directory.get());
    if (entry == nullptr) break;
    const auto link = read_link(dirfd(directory.get()), entry->d_name, room);
    if (!link) continue;
    if (const auto inode = socket_inode(*link)) fn(*inode);
  }
  return 0;
}

std::optional<bool> in_other_network(const std::filesystem::path& proc, pid_t pid) {
  LinkText own_room, room;
  const auto own = read_link(AT_FDCWD, (proc / "self/ns/net").c_str(), own_room);
  const auto path = proc / std::to_string(pid) / "ns" / "net";
  const auto its = read_link(AT_FDCWD, path.c_str(), room);
  if (!own || !its) return std::nullopt;
  return *own != *its;
}

}  // namespace wayside
