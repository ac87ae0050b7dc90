#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cstring>
#include <string>
#include <vector>

#include "agent/core/file_descriptor.h"

namespace wayside {

// A socket that listens on an address of this machine and accepts nobody, and clients of it.
struct TestListener {
  FileDescriptor socket;
  sockaddr_storage address{};
  socklen_t size = 0;
  bool listens = false;

  [[nodiscard]] std::uint16_t port() const {
    return ntohs(address.ss_family == AF_INET
                     ? reinterpret_cast<const sockaddr_in&>(address).sin_port
                     : reinterpret_cast<const sockaddr_in6&>(address).sin6_port);
  }
  [[nodiscard]] FileDescriptor client() const {
    FileDescriptor made(::socket(address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (::connect(made.get(), reinterpret_cast<const sockaddr*>(&address), size) != 0) {
      made.reset();
    }
    return made;
  }
  [[nodiscard]] std::vector<FileDescriptor> clients(std::size_t count) const {
    std::vector<FileDescriptor> made;
    for (std::size_t i = 0; i < count; ++i) {
      made.push_back(client());
      EXPECT_TRUE(made.back()) << std::strerror(errno);
    }
    return made;
  }
  [[nodiscard]] FileDescriptor accept() const {
    return FileDescriptor(::accept4(socket.get(), nullptr, nullptr, SOCK_CLOEXEC));
  }
};

inline TestListener listen_at(const void* address, socklen_t size, int backlog) {
  TestListener made;
  std::memcpy(&made.address, address, size);
  made.socket = FileDescriptor(::socket(made.address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
  auto* bound = reinterpret_cast<sockaddr*>(&made.address);
  made.size = size;
  if (::bind(made.socket.get(), bound, size) != 0) return made;
  made.listens = ::listen(made.socket.get(), backlog) == 0;
  if (made.address.ss_family == AF_UNIX) return made;
  made.size = sizeof(made.address);
  ::getsockname(made.socket.get(), bound, &made.size);
  return made;
}

inline TestListener listen_on_loopback(int backlog) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return listen_at(&address, sizeof(address), backlog);
}

// Does not listen where the machine has no IPv6.
inline TestListener listen_on_any6(int backlog) {
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_addr = in6addr_any;
  TestListener made = listen_at(&address, sizeof(address), backlog);
  // Clients come to the loopback.
  reinterpret_cast<sockaddr_in6&>(made.address).sin6_addr = in6addr_loopback;
  return made;
}

// By IPv6 at the loopback of IPv4, as Java does it.
inline TestListener listen_on_mapped_loopback(int backlog) {
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_addr.s6_addr[10] = address.sin6_addr.s6_addr[11] = 0xff;
  address.sin6_addr.s6_addr[12] = 127;
  address.sin6_addr.s6_addr[15] = 1;
  return listen_at(&address, sizeof(address), backlog);
}

// With an abstract name.
inline TestListener listen_on_unix(const std::string& name, int backlog) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path + 1, name.data(), name.size());
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
  return listen_at(&address, size, backlog);
}

}  // namespace wayside
