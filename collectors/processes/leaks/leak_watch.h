#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "agent/system/kernel_file.h"
#include "collectors/processes/group_view.h"
#include "collectors/processes/leaks/leak_report.h"
#include "collectors/processes/leaks/leak_track.h"
#include "collectors/processes/observers.h"

namespace wayside {

// Watches the memory of every worker and of every group for leaks; docs/leaks.md tells how. What
// it follows is what a process has of its own: its resident memory less what of it is files.
class LeakWatch final : public GroupObserver {
 public:
  explicit LeakWatch(const ProcessesContext& context, const LeakRules& rules = {});

  void polled(std::span<const GroupView> groups, WallTime wall, SteadyTime now,
              FamilyList& out) override;
  void sampled(std::span<const GroupView> groups, SteadyTime now) override;

 private:
  struct Member {
    pid_t pid;
    std::uint64_t start_ticks;
    double begins;  // when its start is over, on the steady clock in seconds
    LeakTrack track;
  };
  struct Group {
    std::map<int, Member> members;  // by place, the first master among them
    // Of each process, the part of its resident memory that is files, as the last poll saw it.
    std::unordered_map<pid_t, double> files;
    std::optional<LeakTrack> whole;
    double begins = 0;
    double level = 0;            // of all its processes, at the last look
    std::optional<int> to_wait;  // looks, for a worker that leaks, before the group is told of
    bool told = false;
    SteadyTime read_at{};
  };

  Group& group_of(const GroupView& view);
  void follow(const GroupView& view, Group& group, WallTime wall, double now);
  void end_gone(const GroupView& view, Group& group, WallTime wall);
  void begin_new(const GroupView& view, Group& group, WallTime wall, double now);
  static void feed(const GroupView& view, Group& group);
  void weigh(const GroupView& view, Group& group, WallTime wall, double now,
             LeakFamilies& families);
  void weigh_whole(const LeakSubject& subject, Group& group, WallTime wall, double now);
  [[nodiscard]] LeakSubject subject_of(const GroupView& view, const Group& group) const;
  void read_available();

  EventSink& events_;
  LeakRules rules_;
  KernelFile meminfo_;
  std::optional<double> available_;  // bytes
  std::vector<std::unique_ptr<Group>> groups_;
  TrendRoom room_;
};

}  // namespace wayside
