#pragma once

#include <string>
#include <vector>

#include "agent/core/collector.h"
#include "collectors/processes/group.h"
#include "collectors/processes/proc_files.h"
#include "collectors/processes/process_table.h"

namespace wayside {

// Which processes may be out of the agent's sight, and which groups may therefore have members that
// nobody sees. One thread.
class Sight {
 public:
  // After the table was refreshed. Tells each group whether it may hide.
  void look(ProcFiles& files, const ProcessTable& table, std::vector<Group>& groups);
  [[nodiscard]] const std::vector<Outcome::Part>& parts() const { return parts_; }

 private:
  std::vector<Outcome::Part> parts_;
};

}  // namespace wayside
