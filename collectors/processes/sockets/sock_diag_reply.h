#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "collectors/processes/sockets/netlink_message.h"

namespace wayside {

// What sock_diag(7) replies, one payload a socket. Views point into the reply.

// A local address: IPv4 ones are mapped into IPv6 (::ffff:a.b.c.d), also those that the kernel has
// as such, so that one address is one value.
struct SocketAddress {
  std::array<std::uint8_t, 16> bytes{};
  std::uint16_t port = 0;

  [[nodiscard]] bool any() const;  // 0.0.0.0 or ::
  [[nodiscard]] bool of_ipv4() const;
  // "127.0.0.1:80", "[::1]:80".
  [[nodiscard]] std::string text() const;
  bool operator==(const SocketAddress&) const = default;
};

// A TCP socket (struct inet_diag_msg).
struct InetSocket {
  std::uint8_t state = 0;  // TCP_ESTABLISHED … of netinet/tcp.h
  SocketAddress local;
  std::uint32_t receive_queue = 0;  // of one that listens: connections that wait to be accepted
  std::uint32_t send_queue = 0;     // of one that listens: the most that can wait
  std::uint32_t inode = 0;          // 0: no process has it
};
std::optional<InetSocket> parse_inet_socket(ByteView payload);

// A Unix socket (struct unix_diag_msg with UNIX_DIAG_NAME and UNIX_DIAG_RQLEN).
struct UnixSocket {
  std::uint8_t state = 0;  // TCP_LISTEN where it listens
  std::uint32_t inode = 0;
  std::string_view name;  // a path, or a NUL and an abstract name; empty: none
  // Of one that listens, as above; absent where the reply does not have them.
  std::optional<std::uint32_t> receive_queue;
  std::optional<std::uint32_t> send_queue;

  // "unix:/run/app.sock", "unix:@abstract", as valid UTF-8.
  [[nodiscard]] std::string text() const;
};
std::optional<UnixSocket> parse_unix_socket(ByteView payload);

}  // namespace wayside
