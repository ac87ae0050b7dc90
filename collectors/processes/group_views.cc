#include "collectors/processes/group_views.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "agent/system/units.h"
#include "collectors/processes/figure_sum.h"

namespace wayside {
namespace {

void update(WorkerView& view, const Member& member) {
  view.state = member.state;
  view.cpu_ticks = member.read_counts[Count::user_ticks].value_or(0) +
                   member.read_counts[Count::system_ticks].value_or(0);
  view.rss_bytes = member.resident_bytes;
}

int shown_place(const Member& member) {
  if (member.helper) return WorkerView::kHelper;
  if (!member.place.index) return WorkerView::kOverflow;
  return member.place.master ? WorkerView::kMaster : static_cast<int>(*member.place.index);
}

WorkerView view_of(const Member& member, std::optional<double> booted) {
  WorkerView view;
  view.worker = shown_place(member);
  view.pid = member.pid;
  view.start_ticks = member.start_ticks;
  view.anonymous_bytes = member.anonymous_bytes;
  if (member.proportional) view.proportional_bytes = member.proportional->resident_bytes;
  if (booted) {
    const double started = *booted + static_cast<double>(member.start_ticks) * seconds_per_tick();
    view.started = WallTime(Micros(std::llround(started * 1e6)));
  }
  update(view, member);
  return view;
}

// Masters first, then by place, then those without.
auto rank(const Member& member) {
  return std::tuple(!member.place.index, !member.place.master, member.place.index.value_or(0),
                    member.start_ticks, member.pid);
}

// What is the group's alone: where proportional memory is known, shared memory counts too.
std::optional<std::uint64_t> used_by(const std::vector<const Member*>& members) {
  FigureSum anonymous;
  FigureSum proportional;
  for (const Member* member : members) {
    anonymous.add(member->anonymous_bytes);
    proportional.add(member->proportional ? std::optional(member->proportional->resident_bytes)
                                          : std::nullopt);
  }
  if (!anonymous.value() && !proportional.value()) return std::nullopt;
  return static_cast<std::uint64_t>(
      std::max(anonymous.value().value_or(0), proportional.value().value_or(0)));
}

}  // namespace

void GroupViews::rebuild(std::span<const Group> groups, const MachineFigures& machine,
                         std::span<const std::optional<GroupCgroups::MemoryUse>> limited,
                         SteadyTime now) {
  views_.assign(groups.size(), {});
  workers_.resize(groups.size());
  members_.resize(groups.size());
  for (std::size_t i = 0; i < groups.size(); ++i) {
    auto& members = members_[i];
    members.clear();
    for (const Process* process : groups[i].members()) members.push_back(process->member.get());
    std::sort(members.begin(), members.end(),
              [](const Member* a, const Member* b) { return rank(*a) < rank(*b); });
    workers_[i].clear();
    for (const Member* member : members) {
      workers_[i].push_back(view_of(*member, machine.booted()));
    }
    GroupView& view = views_[i];
    view.index = i;
    view.name = groups[i].config().name;
    view.service = groups[i].config().service;
    view.workers = workers_[i];
    view.memory_limit = machine.memory();
    view.told = groups[i].told();
    if (view.told) view.memory_used = used_by(members);
    if (const auto& use = limited[i]; use && use->limit <= machine.memory().value_or(use->limit)) {
      view.memory_limit = use->limit;
      view.memory_used = use->used;
      view.limited_by_cgroup = true;
      view.limited_by = use->cgroup;
    }
    view.ports = groups[i].config().ports;
    view.read_at = now;
  }
}

void GroupViews::refresh(std::size_t group, SteadyTime now) {
  for (std::size_t i = 0; i < workers_[group].size(); ++i) {
    update(workers_[group][i], *members_[group][i]);
  }
  views_[group].read_at = now;
}

}  // namespace wayside
