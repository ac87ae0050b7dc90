#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "agent/core/result.h"
#include "collectors/processes/config.h"
#include "collectors/processes/group_matcher.h"
#include "collectors/processes/port_holders.h"
#include "collectors/processes/proc_files.h"
#include "collectors/processes/process.h"

namespace wayside {

// All processes of the machine and the groups they belong to. One that belongs to none costs
// nothing but its name in the list of /proc on most passes: it is looked at while it is young,
// since a program is often started by a fork of another, and on every kLookAgain-th pass. Members
// are told anew as rarely. One thread.
class ProcessTable {
 public:
  static constexpr unsigned kYoung = 4;  // looks in which a process is told anew
  static constexpr unsigned kLookAgain = 6;

  ProcessTable(const std::vector<ProcessGroupConfig>& groups, ProcFiles& files);

  // Told of a member that is gone, or is one no longer, before it is dropped.
  using Leaving = std::function<void(const Process&)>;
  // Lists all processes and tells which are new, gone or another one under the same pid (told by
  // the start time); then which group each belongs to. The stat of every member is read.
  Result<void> refresh(SteadyTime now, const Leaving& leaving);

  // By pid; only those with a member belong to a group.
  [[nodiscard]] std::unordered_map<pid_t, Process>& processes() { return processes_; }
  [[nodiscard]] const std::unordered_map<pid_t, Process>& processes() const { return processes_; }
  [[nodiscard]] const PortHolders& ports() const { return ports_; }

 private:
  [[nodiscard]] bool has_turn(pid_t pid) const;
  [[nodiscard]] bool due(const Process& process, pid_t pid) const;
  void look(pid_t pid, const Leaving& leaving);
  int read_stat(pid_t pid, Process* process, std::string_view& text);
  void bury(pid_t pid, const Leaving& leaving);
  Process& meet(pid_t pid, std::uint64_t start_ticks);
  bool read_identity(pid_t pid, const Process& process, ProcessIdentity& identity);
  void tell_apart(pid_t pid, Process& process);
  void settle_groups(const Leaving& leaving);
  int group_of(Process& process, int depth);
  void adopt_daemons();

  std::vector<ProcessGroupConfig> groups_;
  GroupMatcher matcher_;
  ProcFiles& files_;
  PortHolders ports_;
  std::unordered_map<pid_t, Process> processes_;
  std::string command_;
  std::string cgroup_;
  std::string exe_;
  unsigned pass_ = 0;
  std::uint64_t newest_ = 0;         // the latest start of all that were seen, and
  std::uint64_t newest_before_ = 0;  // of those that earlier passes saw
  bool all_anew_ = false;
};

}  // namespace wayside
