#include "collectors/processes/sockets/connection_counts.h"

#include <netinet/tcp.h>

#include <algorithm>

namespace wayside {
namespace {

constexpr std::uint8_t kSynReceived = TCP_SYN_RECV;
constexpr std::uint8_t kNewSynReceived = 12;  // TCP_NEW_SYN_RECV of the kernel's net/tcp_states.h

constexpr std::array<std::string_view, kTcpStates> kNames = {
    "",      "established", "syn_sent", "syn_recv", "fin_wait1", "fin_wait2", "time_wait",
    "close", "close_wait",  "last_ack", "",         "closing",   ""};

}  // namespace

std::string_view connection_state(std::uint8_t state) {
  if (state == kNewSynReceived) state = kSynReceived;
  return state < kNames.size() ? kNames[state] : std::string_view();
}

void ConnectionCounts::clear() {
  listeners_.clear();
  counts_.clear();
}

void ConnectionCounts::listen(const SocketAddress& address, std::size_t group) {
  listeners_.push_back({address, group});
  if (counts_.size() <= group) counts_.resize(group + 1);
  if (!counts_[group]) counts_[group].emplace();
}

// As in the kernel, the listener of the very address has it before one of any address, and that of
// its family before one of both.
std::optional<std::size_t> ConnectionCounts::group_at(const SocketAddress& address) const {
  std::optional<std::size_t> of_family, of_both;
  for (const Listener& listener : listeners_) {
    if (listener.address == address) return listener.group;
    if (listener.address.port != address.port || !listener.address.any()) continue;
    const bool four = listener.address.of_ipv4();
    if (four == address.of_ipv4()) of_family = listener.group;
    if (!four) of_both = listener.group;
  }
  return of_family ? of_family : of_both;
}

void ConnectionCounts::add(const InetSocket& connection) {
  if (connection_state(connection.state).empty()) return;
  const auto group = group_at(connection.local);
  if (!group) return;
  const std::uint8_t state = connection.state == kNewSynReceived ? kSynReceived : connection.state;
  ++(*counts_[*group])[state];
}

std::vector<std::uint16_t> ConnectionCounts::ports() const {
  std::vector<std::uint16_t> ports;
  for (const Listener& listener : listeners_) ports.push_back(listener.address.port);
  std::sort(ports.begin(), ports.end());
  ports.erase(std::unique(ports.begin(), ports.end()), ports.end());
  return ports;
}

const StateCounts* ConnectionCounts::of(std::size_t group) const {
  return group < counts_.size() && counts_[group] ? &*counts_[group] : nullptr;
}

}  // namespace wayside
