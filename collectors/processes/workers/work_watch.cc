#include "collectors/processes/workers/work_watch.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "agent/system/units.h"

namespace wayside {
namespace {

void add_gauge_family(FamilyList& families, std::string name, std::string help) {
  add_family(families, std::move(name), std::move(help), prometheus::MetricType::Gauge);
}

FamilyList empty_families() {
  FamilyList families;
  add_gauge_family(families, "wayside_workers_busy",
                   "Workers that run, wait for the disk, or used a tenth of a core in the last "
                   "second.");
  add_gauge_family(families, "wayside_workers_idle", "The other workers.");
  add_gauge_family(families, "wayside_worker_cpu_share",
                   "The worker's part of the CPU time that the group's workers used in the last "
                   "minute.");
  add_gauge_family(families, "wayside_worker_imbalance",
                   "CPU time of the worker that used the most in the last minute, over the mean "
                   "of all: 1 where the work is shared evenly.");
  return families;
}

bool at_work(char state) {
  return state == 'R' || state == 'D';
}

}  // namespace

WorkWatch::Group& WorkWatch::group_of(const GroupView& view) {
  return groups_[view.index];
}

void WorkWatch::sampled(std::span<const GroupView> groups, SteadyTime /*now*/) {
  for (const GroupView& view : groups) group_of(view).second.look(view);
  put_facts(groups, clock_.wall());
}

// Of services of which something was read anew: a fact keeps the time it was known at.
void WorkWatch::put_facts(std::span<const GroupView> groups, WallTime wall) {
  struct Sum {
    double busy = 0;
    bool anew = false;
  };
  std::map<std::string_view, Sum> by_service;
  for (const GroupView& view : groups) {
    if (view.workers.empty()) continue;
    Group& group = group_of(view);
    Sum& sum = by_service[view.service];
    sum.anew = sum.anew || group.told_at != view.read_at;
    if (group.told_at != view.read_at) group.busy = count(view, group).busy;
    group.told_at = view.read_at;
    sum.busy += group.busy;
  }
  for (const auto& [service, sum] : by_service) {
    if (sum.anew) facts_.put(facts_.declare(service, "workers_busy"), sum.busy, wall);
  }
}

WorkWatch::Busy WorkWatch::count(const GroupView& view, const Group& group) {
  const double length = std::chrono::duration<double>(group.second.span()).count();
  const auto ticks = group.second.ticks();
  Busy workers;
  for (const WorkerView& worker : view.workers) {
    if (!worker.works()) continue;
    const auto used = ticks.find(worker.worker);
    const double cpu =
        used == ticks.end() ? 0 : static_cast<double>(used->second) * seconds_per_tick();
    const bool busy = at_work(worker.state) || (length > 0 && cpu >= kLeastBusy * length);
    ++(busy ? workers.busy : workers.idle);
  }
  return workers;
}

void WorkWatch::add_shares(const GroupView& view, const Group& group, FamilyList& families) {
  const auto ticks = group.minute.ticks();
  std::uint64_t all = 0;
  std::uint64_t most = 0;
  for (const auto& [place, used] : ticks) {
    all += used;
    most = std::max(most, used);
  }
  if (all == 0) return;
  for (const auto& [place, used] : ticks) {
    add_sample(families[2], static_cast<double>(used) / static_cast<double>(all),
               {{"groupname", std::string(view.name)}, {"worker", std::to_string(place)}});
  }
  if (ticks.size() < 2) return;
  const double mean = static_cast<double>(all) / static_cast<double>(ticks.size());
  add_sample(families[3], static_cast<double>(most) / mean,
             {{"groupname", std::string(view.name)}});
}

void WorkWatch::polled(std::span<const GroupView> groups, WallTime wall, SteadyTime /*now*/,
                       FamilyList& out) {
  FamilyList families = empty_families();
  for (const GroupView& view : groups) {
    Group& group = group_of(view);
    group.second.look(view);
    group.minute.look(view);
    if (view.workers.empty()) continue;
    const Busy workers = count(view, group);
    const LabelList labels{{"groupname", std::string(view.name)}};
    add_sample(families[0], workers.busy, labels);
    add_sample(families[1], workers.idle, labels);
    add_shares(view, group, families);
  }
  put_facts(groups, wall);
  std::move(families.begin(), families.end(), std::back_inserter(out));
}

}  // namespace wayside
