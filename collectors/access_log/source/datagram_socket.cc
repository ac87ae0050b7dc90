#include "collectors/access_log/source/datagram_socket.h"

#include <arpa/inet.h>
#include <linux/sock_diag.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

namespace wayside {
namespace {

// As many as come in a tenth of a second at 100,000 a second, where the kernel lets us.
constexpr int kReceiveBuffer = 8 * 1024 * 1024;

// The file of a Unix socket; removed when it goes, unless another one has its name by then.
class SocketFile {
 public:
  explicit SocketFile(std::string path) : path_(std::move(path)) {
    known_ = ::lstat(path_.c_str(), &status_) == 0;
  }
  SocketFile(const SocketFile&) = delete;
  SocketFile& operator=(const SocketFile&) = delete;
  ~SocketFile() {
    struct stat now {};
    if (!known_ || ::lstat(path_.c_str(), &now) != 0) return;
    if (now.st_dev == status_.st_dev && now.st_ino == status_.st_ino) ::unlink(path_.c_str());
  }

 private:
  std::string path_;
  struct stat status_ {};
  bool known_ = false;
};

Result<FileDescriptor> make_socket(int family) {
  FileDescriptor fd(::socket(family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!fd) return system_error("cannot make a socket");
  // More than net.core.rmem_max takes a right; without it as much as that.
  if (::setsockopt(fd.get(), SOL_SOCKET, SO_RCVBUFFORCE, &kReceiveBuffer, sizeof(int)) != 0) {
    ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVBUF, &kReceiveBuffer, sizeof(int));
  }
  return fd;
}

Result<FileDescriptor> bind_udp(const ListenPoint& point) {
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  v4.sin_family = AF_INET;
  v4.sin_port = htons(point.port);
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(point.port);
  const bool is_v4 = ::inet_pton(AF_INET, point.host.c_str(), &v4.sin_addr) == 1;
  if (!is_v4 && ::inet_pton(AF_INET6, point.host.c_str(), &v6.sin6_addr) != 1) {
    return Error{"no address"};
  }
  auto fd = make_socket(is_v4 ? AF_INET : AF_INET6);
  if (!fd) return fd;
  const auto* address =
      is_v4 ? reinterpret_cast<const sockaddr*>(&v4) : reinterpret_cast<const sockaddr*>(&v6);
  if (::bind(fd->get(), address, is_v4 ? sizeof v4 : sizeof v6) == 0) return fd;
  return system_error("cannot listen");
}

sockaddr_un address_of(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  return address;
}

// Why the file that has the name cannot be replaced; nothing where it can.
std::optional<Error> why_in_use(const std::string& path, const sockaddr_un& address) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return std::nullopt;  // gone again
  if (!S_ISSOCK(status.st_mode)) return Error{"there is a file of that name that is no socket"};
  const FileDescriptor probe(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!probe) return system_error("cannot make a socket");
  if (::connect(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 &&
      errno == ECONNREFUSED) {
    return std::nullopt;
  }
  return Error{"cannot listen: another process does so already"};
}

Result<FileDescriptor> bind_unix(const ListenPoint& point) {
  auto fd = make_socket(AF_UNIX);
  if (!fd) return fd;
  const sockaddr_un address = address_of(point.path);
  const auto* generic = reinterpret_cast<const sockaddr*>(&address);
  if (::bind(fd->get(), generic, sizeof address) != 0) {
    if (errno != EADDRINUSE) return system_error("cannot listen");
    if (auto why = why_in_use(point.path, address)) return *why;
    ::unlink(point.path.c_str());
    if (::bind(fd->get(), generic, sizeof address) != 0) return system_error("cannot listen");
  }
  // Whoever logs does so as a user of its own: nginx's workers as www-data.
  if (::chmod(point.path.c_str(), 0666) != 0) return system_error("cannot let others write to it");
  return fd;
}

}  // namespace

Result<DatagramSocket> open_datagram_socket(const ListenPoint& point) {
  const bool is_unix = point.host.empty();
  auto fd = is_unix ? bind_unix(point) : bind_udp(point);
  if (!fd) return fd.error().in(point.text);
  DatagramSocket socket{.descriptor = std::move(*fd)};
  if (is_unix) socket.file = std::make_shared<const SocketFile>(point.path);
  return socket;
}

std::optional<SocketMemory> socket_memory(int fd) {
  std::array<std::uint32_t, SK_MEMINFO_VARS> info{};
  socklen_t size = sizeof info;
  if (::getsockopt(fd, SOL_SOCKET, SO_MEMINFO, info.data(), &size) != 0) return std::nullopt;
  if (size <= SK_MEMINFO_DROPS * sizeof(std::uint32_t)) return std::nullopt;
  return SocketMemory{.buffer = info[SK_MEMINFO_RCVBUF], .dropped = info[SK_MEMINFO_DROPS]};
}

}  // namespace wayside
