#pragma once

#include <map>
#include <string>
#include <vector>

#include "agent/core/facts.h"
#include "collectors/processes/group_view.h"
#include "collectors/processes/observers.h"
#include "collectors/processes/workers/work_history.h"

namespace wayside {

// Who of a group's workers works: how many are busy, and how evenly the work is shared.
// docs/saturation.md tells what is called busy.
class WorkWatch final : public GroupObserver {
 public:
  static constexpr std::chrono::milliseconds kBusyLength{1'500};  // holds a second's looks
  static constexpr std::chrono::milliseconds kShareLength{60'000};
  static constexpr double kLeastBusy = 0.1;  // of a core, over the last second

  explicit WorkWatch(const ProcessesContext& context)
      : facts_(context.facts), clock_(*context.environment.clock) {}

  void polled(std::span<const GroupView> groups, WallTime wall, SteadyTime now,
              FamilyList& out) override;
  void sampled(std::span<const GroupView> groups, SteadyTime now) override;

 private:
  struct Group {
    WorkHistory second{kBusyLength};
    WorkHistory minute{kShareLength};
    SteadyTime told_at{};  // as of when `busy` is on the facts board
    double busy = 0;
  };
  struct Busy {
    double busy = 0, idle = 0;
  };
  Group& group_of(const GroupView& view);
  static Busy count(const GroupView& view, const Group& group);
  static void add_shares(const GroupView& view, const Group& group, FamilyList& families);

  void put_facts(std::span<const GroupView> groups, WallTime wall);

  Facts& facts_;
  const Clock& clock_;
  std::map<std::size_t, Group> groups_;
};

}  // namespace wayside
