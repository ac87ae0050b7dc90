#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "agent/core/time.h"
#include "collectors/processes/listeners.h"
#include "collectors/processes/proc_files.h"

namespace wayside {

// Which processes hold the sockets that listen on the ports of the config, in the agent's own
// network namespace. Looks through the open files of all processes, so it does it rarely: when
// other sockets listen, or once in kGap. One thread.
class PortHolders {
 public:
  static constexpr std::chrono::seconds kGap{60};
  // The kernel takes about a microsecond for each 150 bytes of its tables, one for each connection
  // of the host: with this much rest they take less than a hundredth of the time.
  static constexpr std::chrono::microseconds kRestPerByte{2};

  explicit PortHolders(std::span<const std::uint16_t> ports) : ports_(ports.begin(), ports.end()) {}

  // True where it looked, so that all processes must be told anew.
  bool refresh(ProcFiles& files, std::span<const pid_t> pids, SteadyTime now);
  [[nodiscard]] std::span<const std::uint16_t> ports_of(pid_t pid) const;
  // Whether the files of some process could not be looked at for want of a right.
  [[nodiscard]] bool refused() const { return refused_; }
  // Whether no process was seen that holds some listener on one of these.
  [[nodiscard]] bool lacks_holder(std::span<const std::uint16_t> ports) const;

 private:
  bool read_tables(ProcFiles& files, SteadyTime now, std::vector<TcpListener>& out);
  std::size_t read_table(ProcFiles& files, const char* name, std::vector<TcpListener>& out);
  void look_into(ProcFiles& files, pid_t pid);

  std::vector<std::uint16_t> ports_;
  std::vector<TcpListener> listeners_;
  std::map<pid_t, std::vector<std::uint16_t>> held_;
  std::set<std::uint64_t> found_;  // inodes of listeners that somebody holds
  std::vector<int> descriptors_;
  std::string table_;
  SteadyTime next_{};
  SteadyTime tables_due_{};
  bool looked_ = false;
  bool refused_ = false;
};

}  // namespace wayside
