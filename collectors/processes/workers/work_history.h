#pragma once

#include <sys/types.h>

#include <cstdint>
#include <deque>
#include <map>
#include <optional>

#include "agent/core/time.h"
#include "collectors/processes/group_view.h"

namespace wayside {

// The CPU time that each worker of a group used lately, by its place. One thread; bounded by the
// group's places and by the looks in its length.
class WorkHistory {
 public:
  explicit WorkHistory(std::chrono::milliseconds length) : length_(length) {}

  // Takes what all workers used since the last look. A process that is new begins at nothing.
  void look(const GroupView& group);
  // Ticks of each worker that lives, over the length, or as long as there are looks.
  [[nodiscard]] std::map<int, std::uint64_t> ticks() const;
  // How long that is; zero before a second look.
  [[nodiscard]] SteadyTime::duration span() const;

 private:
  struct Process {
    pid_t pid;
    std::uint64_t start_ticks;
    std::uint64_t seen;  // its ticks at the last look
    std::uint64_t used;  // by all who stood in its place
  };
  struct Look {
    SteadyTime at;
    std::map<int, std::uint64_t> used;  // by place
  };
  void note(const WorkerView& worker);

  std::chrono::milliseconds length_;
  std::map<int, Process> processes_;
  std::deque<Look> looks_;
};

}  // namespace wayside
