#pragma once

#include <string>
#include <vector>

#include "collectors/processes/group_view.h"
#include "collectors/processes/observers.h"
#include "tests/collectors/processes/told.h"

namespace wayside {

// The group "app" of the service "api", an observer's context and a clock that is moved by hand.
struct GroupStand {
  ManualClock clock;
  Environment environment{.clock = &clock, .proc = "/nonexistent"};
  KeptEvents events;
  Facts facts;
  NullLog log;
  std::vector<WorkerView> workers;
  std::optional<std::uint64_t> memory_limit;
  std::optional<std::uint64_t> cgroup_used;  // of that limit, where it is a cgroup's
  FamilyList families;

  [[nodiscard]] ProcessesContext context() { return {environment, events, facts, log}; }

  WorkerView& add(int place, pid_t pid) {
    WorkerView& worker = workers.emplace_back();
    worker.worker = place;
    worker.pid = pid;
    worker.start_ticks = static_cast<std::uint64_t>(pid);
    worker.state = 'S';
    worker.started = clock.wall();
    return worker;
  }
  [[nodiscard]] std::vector<GroupView> groups() const {
    GroupView view;
    view.name = "app";
    view.service = "api";
    view.workers = workers;
    view.memory_limit = memory_limit;
    view.memory_used = cgroup_used;
    view.limited_by_cgroup = cgroup_used.has_value();
    view.read_at = clock.steady();
    return {view};
  }
  void poll(GroupObserver& observer) {
    families.clear();
    observer.polled(groups(), clock.wall(), clock.steady(), families);
  }
  void sample(GroupObserver& observer) { observer.sampled(groups(), clock.steady()); }
  [[nodiscard]] std::optional<double> of_group(const std::string& family) const {
    return told(families, family, {{"groupname", "app"}});
  }
  [[nodiscard]] std::optional<double> of_worker(const std::string& family,
                                                const std::string& worker) const {
    return told(families, family, {{"groupname", "app"}, {"worker", worker}});
  }
};

}  // namespace wayside
