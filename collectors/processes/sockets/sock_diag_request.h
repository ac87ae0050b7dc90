#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace wayside {

// What the kernel is asked about its sockets: whole netlink messages of sock_diag(7), each for all
// sockets of a kind (NLM_F_DUMP), without a sequence number.
using NetlinkRequest = std::vector<std::byte>;

// The most ports in one request; further ones are left out.
inline constexpr std::size_t kMostPorts = 1024;

// TCP sockets that listen. `family`: AF_INET or AF_INET6.
NetlinkRequest listening_request(int family);
// TCP sockets that do not, with a local port among `ports` (at least one): the kernel sorts out
// the others by a program in the request (INET_DIAG_REQ_BYTECODE, linux/inet_diag.h).
NetlinkRequest connections_request(int family, std::span<const std::uint16_t> ports);
// Unix sockets that listen, with their names and queues.
NetlinkRequest unix_listening_request();

// The program alone: it takes a socket whose local port is one of `ports`.
std::vector<std::byte> ports_program(std::span<const std::uint16_t> ports);

}  // namespace wayside
