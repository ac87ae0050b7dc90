#include "collectors/processes/sockets/socket_tables.h"

#include <sys/socket.h>

#include <array>

namespace wayside {

SocketTables::SocketTables()
    : inet_(listening_request(AF_INET)),
      inet6_(listening_request(AF_INET6)),
      unix_(unix_listening_request()) {}

Result<void> SocketTables::dump_inet(NetlinkRequest& request,
                                     const std::function<void(const InetSocket&)>& fn) {
  return diag_.dump(request, [&](ByteView payload) {
    if (const auto socket = parse_inet_socket(payload)) fn(*socket);
  });
}

Result<void> SocketTables::listening(std::vector<ListeningSocket>& out) {
  out.clear();
  for (NetlinkRequest* request : {&inet_, &inet6_}) {
    auto done = dump_inet(*request, [&](const InetSocket& socket) {
      if (socket.inode == 0) return;
      out.push_back({socket.inode, socket.local.text(), socket.local, request == &inet6_,
                     socket.receive_queue, socket.send_queue});
    });
    if (!done) return done;
  }
  return diag_.dump(unix_, [&](ByteView payload) {
    const auto socket = parse_unix_socket(payload);
    if (!socket || socket->inode == 0) return;
    out.push_back(
        {socket->inode, socket->text(), {}, false, socket->receive_queue, socket->send_queue});
  });
}

Result<void> SocketTables::backlogs(const SocketKinds& kinds, std::vector<BacklogNow>& out) {
  out.clear();
  const auto add_inet = [&](const InetSocket& socket) {
    out.push_back({socket.inode, socket.receive_queue});
  };
  if (kinds.inet) {
    if (auto done = dump_inet(inet_, add_inet); !done) return done;
  }
  if (kinds.inet6) {
    if (auto done = dump_inet(inet6_, add_inet); !done) return done;
  }
  if (!kinds.unix_domain) return {};
  return diag_.dump(unix_, [&](ByteView payload) {
    const auto socket = parse_unix_socket(payload);
    if (socket && socket->receive_queue) out.push_back({socket->inode, *socket->receive_queue});
  });
}

Result<void> SocketTables::connections(std::span<const std::uint16_t> ports,
                                       const std::function<void(const InetSocket&)>& fn) {
  if (ports.empty()) return {};
  for (const int family : {AF_INET, AF_INET6}) {
    NetlinkRequest request = connections_request(family, ports);
    if (auto done = dump_inet(request, fn); !done) return done;
  }
  return {};
}

}  // namespace wayside
