#include "collectors/processes/sockets/socket_owners.h"

#include <algorithm>
#include <cerrno>

#include "collectors/processes/sockets/held_sockets.h"

namespace wayside {

void SocketOwners::learn(std::span<const ListeningSocket> sockets) {
  std::unordered_set<std::uint64_t> now;
  for (const ListeningSocket& socket : sockets) {
    now.insert(socket.inode);
    all_anew_ = all_anew_ || !listening_.contains(socket.inode);
  }
  listening_ = std::move(now);
  std::erase_if(owners_, [&](const auto& owned) { return !listening_.contains(owned.first); });
}

void SocketOwners::forget(std::span<const GroupView> groups) {
  std::set<Process> living;
  for (const GroupView& group : groups) {
    for (const WorkerView& worker : group.workers) living.emplace(worker.pid, worker.start_ticks);
  }
  const auto gone = [&](const Process& process) { return !living.contains(process); };
  std::erase_if(looked_at_, gone);
  std::erase_if(elsewhere_, gone);
  std::erase_if(blind_, gone);
}

void SocketOwners::look(std::span<const GroupView> groups,
                        std::span<const ListeningSocket> sockets) {
  constexpr int kRestPerWork = 100;
  learn(sockets);
  forget(groups);
  const SteadyTime began = clock_.steady();
  const bool all = all_anew_ && began >= due_;
  if (all) looked_at_.clear();
  for (const GroupView& group : groups) {
    for (const WorkerView& worker : group.workers) {
      if (looked_at_.emplace(worker.pid, worker.start_ticks).second) read(group, worker);
    }
  }
  if (!all) return;
  all_anew_ = false;
  const SteadyTime ended = clock_.steady();
  due_ = ended + (ended - began) * kRestPerWork;
}

void SocketOwners::read(const GroupView& group, const WorkerView& worker) {
  ++reads_;
  if (in_other_network(proc_, worker.pid).value_or(false)) {
    elsewhere_.emplace(worker.pid, worker.start_ticks);
    return;
  }
  const int code = each_held_socket(proc_, worker.pid, [&](std::uint64_t inode) {
    if (listening_.contains(inode)) owners_.try_emplace(inode, group.index);
  });
  const bool refused = code == EACCES || code == EPERM;
  if (refused && group.ports.empty()) {
    blind_.emplace(worker.pid, worker.start_ticks);
  } else {
    blind_.erase({worker.pid, worker.start_ticks});
  }
}

std::optional<std::size_t> SocketOwners::owner(const ListeningSocket& socket,
                                               std::span<const GroupView> groups) const {
  const auto found = owners_.find(socket.inode);
  if (found != owners_.end()) return found->second;
  if (!socket.address) return std::nullopt;
  for (const GroupView& group : groups) {
    const auto& ports = group.ports;
    if (std::find(ports.begin(), ports.end(), socket.address->port) != ports.end()) {
      return group.index;
    }
  }
  return std::nullopt;
}

}  // namespace wayside
