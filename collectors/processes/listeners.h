#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace wayside {

// A TCP socket that listens.
struct TcpListener {
  std::uint16_t port = 0;
  std::uint64_t inode = 0;  // of the socket, as /proc/PID/fd names it
};

// Adds those of /proc/net/tcp or tcp6 that listen on one of `ports`
// (Documentation/networking/proc_net_tcp.rst). A line that reads otherwise is passed over.
void parse_listeners(std::string_view text, std::span<const std::uint16_t> ports,
                     std::vector<TcpListener>& out);

// The inode in "socket:[4711]", what a link in /proc/PID/fd points to; nothing for other files.
std::optional<std::uint64_t> parse_socket_link(std::string_view link);

}  // namespace wayside
