#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "agent/core/result.h"
#include "collectors/processes/sockets/sock_diag.h"
#include "collectors/processes/sockets/sock_diag_reply.h"

namespace wayside {

// A socket that listens, TCP or Unix.
struct ListeningSocket {
  std::uint64_t inode = 0;
  std::string label;                     // its address, as SocketAddress and UnixSocket tell it
  std::optional<SocketAddress> address;  // of TCP
  bool inet6 = false;                    // of IPv6, whatever family the address is of
  std::optional<std::uint32_t> backlog;  // connections that wait to be accepted
  std::optional<std::uint32_t> limit;    // the most that can wait
};

// What of a socket changes from look to look.
struct BacklogNow {
  std::uint64_t inode = 0;
  std::uint32_t backlog = 0;
};

// Which kinds of listening sockets are looked at.
struct SocketKinds {
  bool inet = true;
  bool inet6 = true;
  bool unix_domain = true;
};

// The kernel's tables of sockets, of the agent's own network namespace. One thread.
class SocketTables {
 public:
  SocketTables();
  // All that listen; those without an inode, which nobody has, are left out.
  Result<void> listening(std::vector<ListeningSocket>& out);
  // The backlogs alone, of some kinds: for a look many times a second. No text is made.
  Result<void> backlogs(const SocketKinds& kinds, std::vector<BacklogNow>& out);
  // TCP sockets that do not listen, with a local port among `ports`.
  Result<void> connections(std::span<const std::uint16_t> ports,
                           const std::function<void(const InetSocket&)>& fn);

 private:
  Result<void> dump_inet(NetlinkRequest& request, const std::function<void(const InetSocket&)>& fn);

  SockDiag diag_;
  NetlinkRequest inet_, inet6_, unix_;
};

}  // namespace wayside
