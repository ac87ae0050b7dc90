#include "collectors/processes/group.h"

#include <algorithm>
#include <utility>

#include "agent/system/units.h"

namespace wayside {
namespace {

// A fork that is about to become another program still looks like its parent, and is gone or
// renamed by then.
constexpr double kSettled = 2;  // seconds

bool settled(const Process& process, std::optional<double> uptime) {
  if (!uptime) return true;
  const double age = *uptime - static_cast<double>(process.start_ticks) * seconds_per_tick();
  return age >= kSettled || age < 0;  // started after now: on another clock
}

}  // namespace

Group::Group(ProcessGroupConfig config)
    : config_(std::move(config)), workers_(config_.max_workers), masters_(kMostMasters) {}

std::optional<std::uint64_t> Group::count(Count count) const {
  const bool known = std::all_of(members_.begin(), members_.end(), [&](const Process* process) {
    return process->member->zombie() || process->member->read_counts[count];
  });
  if (!known) return std::nullopt;
  if (!peopled_) return may_hide_ ? std::nullopt : std::optional<std::uint64_t>(0);
  return counts_[count];
}

void Group::account(Member& member) {
  const Counts added = member.counts.advance(member.read_counts, member.whole);
  counts_.add(added);
  if (member.place.index) {
    places_of(member.place).add(*member.place.index, added);
  } else {
    member.unplaced.add(added);
  }
}

void Group::leave(const Process& process, SteadyTime now) {
  const Member& member = *process.member;
  if (member.place.index) places_of(member.place).leave(*member.place.index, true, now);
  std::erase(members_, &process);
}

// A master is the topmost of the group's processes in its line whose title says so, or that has
// children which run what it runs. Once one it stays one.
void Group::find_masters(std::unordered_map<pid_t, Process>& all, std::optional<double> uptime) {
  for (Process* process : members_) {
    if (process->master_title) process->master = true;
  }
  for (const Process* process : members_) {
    if (!settled(*process, uptime) || process->member->zombie()) continue;
    const auto at = all.find(process->parent);
    if (at == all.end() || at->second.group != process->group) continue;
    Process& parent = at->second;
    const auto above = all.find(parent.parent);
    if (above != all.end() && above->second.group == process->group) continue;
    if (process->spawned || process->command_hash == parent.command_hash) parent.master = true;
  }
}

void Group::seat(Process& process, std::optional<double> uptime, SteadyTime now) {
  Member& member = *process.member;
  member.helper = process.helper;
  const bool gone = member.zombie() || member.helper;
  if (member.place.index && (gone || member.place.master != process.master)) {
    places_of(member.place).leave(*member.place.index, gone, now);
    member.place.index.reset();
  }
  if (gone || member.place.index) return;
  if (!settled(process, uptime)) return;
  member.place.master = process.master;
  member.place.index = places_of(member.place).take(process);
  if (member.place.index) {
    places_of(member.place).add(*member.place.index, std::exchange(member.unplaced, {}));
  } else {
    ++without_place_;
  }
}

void Group::settle(std::unordered_map<pid_t, Process>& all, std::optional<double> uptime,
                   SteadyTime now) {
  std::sort(members_.begin(), members_.end(), [](const Process* a, const Process* b) {
    return std::pair(a->start_ticks, a->member->pid) < std::pair(b->start_ticks, b->member->pid);
  });
  workers_.forget(now);
  masters_.forget(now);
  find_masters(all, uptime);
  without_place_ = 0;
  for (Process* process : members_) seat(*process, uptime, now);
  for (Process* process : members_) account(*process->member);
}

}  // namespace wayside
