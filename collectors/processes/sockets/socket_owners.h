#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <span>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "agent/core/time.h"
#include "collectors/processes/group_view.h"
#include "collectors/processes/sockets/socket_tables.h"

namespace wayside {

// Which group a listening socket belongs to: the one whose processes have it open, as the links in
// /proc/PID/fd tell; or, where nobody's do, the one whose entry names its port. Descriptors are
// only read of a process that is new, and of all where a listening socket is: at most a hundredth
// of the time goes into that. One thread.
class SocketOwners {
 public:
  SocketOwners(std::filesystem::path proc, const Clock& clock)
      : proc_(std::move(proc)), clock_(clock) {}

  void look(std::span<const GroupView> groups, std::span<const ListeningSocket> sockets);

  // The index of the group; nothing where no group has it.
  [[nodiscard]] std::optional<std::size_t> owner(const ListeningSocket& socket,
                                                 std::span<const GroupView> groups) const;
  // Whether descriptors of a process of the group could not be read for want of a right, though
  // its entry names no port to help.
  [[nodiscard]] bool blind() const { return !blind_.empty(); }
  // Whether a process of a group has sockets that the agent cannot see, in a network of its own.
  [[nodiscard]] bool elsewhere() const { return !elsewhere_.empty(); }
  // How often descriptors of a process were read. For tests.
  [[nodiscard]] std::size_t reads() const { return reads_; }

 private:
  using Process = std::pair<pid_t, std::uint64_t>;  // with its start: one and no other
  void read(const GroupView& group, const WorkerView& worker);
  void learn(std::span<const ListeningSocket> sockets);
  void forget(std::span<const GroupView> groups);

  std::filesystem::path proc_;
  const Clock& clock_;
  std::unordered_set<std::uint64_t> listening_;
  std::unordered_map<std::uint64_t, std::size_t> owners_;  // inode to group, of listening_
  std::set<Process> looked_at_, elsewhere_, blind_;
  bool all_anew_ = false;  // some socket is new since all descriptors were read
  SteadyTime due_{};       // when they may be read again
  std::size_t reads_ = 0;
};

}  // namespace wayside
