#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "agent/core/collector.h"
#include "collectors/processes/config.h"
#include "collectors/processes/group.h"
#include "collectors/processes/group_cgroups.h"
#include "collectors/processes/group_views.h"
#include "collectors/processes/machine_figures.h"
#include "collectors/processes/member_reader.h"
#include "collectors/processes/observers.h"
#include "collectors/processes/proc_files.h"
#include "collectors/processes/process_table.h"
#include "collectors/processes/sight.h"

namespace wayside {

// The processes of services, by group and by worker, named as process-exporter 0.7.10 names
// groups. Reads under the environment's `proc`; docs/processes.md tells what.
class ProcessesCollector final : public Poller {
 public:
  static constexpr std::chrono::milliseconds kInterval{5'000};
  static constexpr std::chrono::milliseconds kSampling{250};
  static constexpr std::chrono::milliseconds kMemberSampling{1'000};
  // Members read between polls; of a group that would exceed them, none is.
  static constexpr std::size_t kMostSampled = 256;

  ProcessesCollector(std::vector<ProcessGroupConfig> groups, const ProcessesContext& context);

  Outcome poll(SteadyTime deadline, FamilyList& out) override;
  void sample() override;
  [[nodiscard]] std::string describe() const override;

 private:
  Result<void> read_members(SteadyTime now);
  [[nodiscard]] Outcome outcome();
  void sample_members(SteadyTime now);

  ProcessesContext context_;
  ProcFiles files_;
  ProcessTable table_;
  MemberReader reader_;
  Sight sight_;
  MachineFigures machine_;
  std::vector<Group> groups_;
  GroupCgroups cgroups_;
  GroupViews views_;
  std::vector<std::unique_ptr<GroupObserver>> observers_;
  std::vector<Member*> members_;
  std::string blind_for_;
  SteadyTime sampled_{};
};

}  // namespace wayside
