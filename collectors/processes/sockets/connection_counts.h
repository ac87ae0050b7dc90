#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "collectors/processes/sockets/sock_diag_reply.h"

namespace wayside {

// Connections by state: TCP_ESTABLISHED (1) to TCP_CLOSING (11), without TCP_LISTEN.
inline constexpr std::size_t kTcpStates = 13;
using StateCounts = std::array<std::uint64_t, kTcpStates>;

// "established", "syn_recv" …; empty for a state that is none of a connection's. Those that have
// no socket of a process yet, which the kernel tells apart inside, count as syn_recv.
std::string_view connection_state(std::uint8_t state);

// Counts connections to the addresses at which groups listen. One thread.
class ConnectionCounts {
 public:
  void clear();
  // Connections to `address`, or to any address of its port where it is 0.0.0.0 or ::, are of the
  // group.
  void listen(const SocketAddress& address, std::size_t group);
  void add(const InetSocket& connection);

  [[nodiscard]] std::vector<std::uint16_t> ports() const;  // each once
  // Of a group that listens on TCP; else nothing.
  [[nodiscard]] const StateCounts* of(std::size_t group) const;

 private:
  struct Listener {
    SocketAddress address;
    std::size_t group;
  };
  [[nodiscard]] std::optional<std::size_t> group_at(const SocketAddress& address) const;

  std::vector<Listener> listeners_;
  std::vector<std::optional<StateCounts>> counts_;  // by group
};

}  // namespace wayside
