#include "collectors/processes/leaks/leak_watch.h"

#include <algorithm>
#include <utility>

#include "collectors/processes/leaks/mem_available.h"

namespace wayside {
namespace {

constexpr int kLooksForAWorker = 3;

double in_seconds(SteadyTime time) {
  return std::chrono::duration<double>(time.time_since_epoch()).count();
}

std::string worker_label(int worker) {
  return worker == WorkerView::kMaster ? "master" : std::to_string(worker);
}

// When the start of a process is over. A clock that was set makes its age no more than unknown.
double warm_at(const WorkerView& worker, WallTime wall, double now, double warm_up) {
  const double age = worker.started ? seconds(wall) - seconds(*worker.started) : 0;
  return now - std::clamp(age, 0.0, warm_up) + warm_up;
}

const WorkerView* find(const GroupView& view, int place) {
  const auto found = std::find_if(view.workers.begin(), view.workers.end(),
                                  [&](const WorkerView& w) { return w.worker == place; });
  return found == view.workers.end() ? nullptr : &*found;
}

LeakSubject of_worker(LeakSubject subject, int place, pid_t pid) {
  subject.worker = worker_label(place);
  subject.pid = pid;
  return subject;
}

}  // namespace

LeakWatch::LeakWatch(const ProcessesContext& context, const LeakRules& rules)
    : events_(context.events), rules_(rules), meminfo_(context.environment.proc / "meminfo") {}

LeakWatch::Group& LeakWatch::group_of(const GroupView& view) {
  while (groups_.size() <= view.index) groups_.push_back(std::make_unique<Group>());
  return *groups_[view.index];
}

void LeakWatch::read_available() {
  const auto text = meminfo_.read();
  const auto bytes = text ? parse_mem_available(*text) : std::nullopt;
  available_ = bytes ? std::optional(static_cast<double>(*bytes)) : std::nullopt;
}

void LeakWatch::sampled(std::span<const GroupView> groups, SteadyTime /*now*/) {
  for (const GroupView& view : groups) feed(view, group_of(view));
}

void LeakWatch::polled(std::span<const GroupView> groups, WallTime wall, SteadyTime now,
                       FamilyList& out) {
  read_available();
  LeakFamilies families;
  for (const GroupView& view : groups) {
    Group& group = group_of(view);
    follow(view, group, wall, in_seconds(now));
    feed(view, group);
    weigh(view, group, wall, in_seconds(now), families);
  }
  families.move_to(out);
}

void LeakWatch::follow(const GroupView& view, Group& group, WallTime wall, double now) {
  end_gone(view, group, wall);
  begin_new(view, group, wall, now);
  group.files.clear();
  for (const WorkerView& worker : view.workers) {
    if (!worker.anonymous_bytes || *worker.anonymous_bytes > worker.rss_bytes) continue;
    group.files[worker.pid] = static_cast<double>(worker.rss_bytes - *worker.anonymous_bytes);
  }
}

void LeakWatch::end_gone(const GroupView& view, Group& group, WallTime wall) {
  for (auto at = group.members.begin(); at != group.members.end();) {
    const Member& member = at->second;
    const WorkerView* now = find(view, at->first);
    if (now != nullptr && now->pid == member.pid && now->start_ticks == member.start_ticks) {
      ++at;
      continue;
    }
    if (member.track.suspected().value_or(false)) {
      events_.emit(leak_over(of_worker(subject_of(view, group), at->first, member.pid),
                             "process_ended", wall));
    }
    at = group.members.erase(at);
  }
  if (!view.workers.empty() || !group.whole) return;
  if (group.told) events_.emit(leak_over(subject_of(view, group), "process_ended", wall));
  group.told = false;
  group.to_wait.reset();
  group.whole.reset();
}

void LeakWatch::begin_new(const GroupView& view, Group& group, WallTime wall, double now) {
  for (const WorkerView& worker : view.workers) {
    const double begins = warm_at(worker, wall, now, rules_.warm_up);
    if (!group.whole) {
      group.whole.emplace(rules_);
      group.begins = begins;
    }
    if (worker.worker <= WorkerView::kOverflow) continue;
    group.members.try_emplace(worker.worker,
                              Member{worker.pid, worker.start_ticks, begins, LeakTrack(rules_)});
  }
}

void LeakWatch::feed(const GroupView& view, Group& group) {
  if (view.read_at == group.read_at) return;
  group.read_at = view.read_at;
  const double at = in_seconds(view.read_at);
  group.level = 0;
  for (const WorkerView& worker : view.workers) {
    const auto files = group.files.find(worker.pid);
    const double level = std::max(0.0, static_cast<double>(worker.rss_bytes) -
                                           (files == group.files.end() ? 0 : files->second));
    group.level += level;
    const auto member = group.members.find(worker.worker);
    if (member == group.members.end() || member->second.pid != worker.pid) continue;
    if (at >= member->second.begins) member->second.track.add(at, level);
  }
  if (group.whole && !view.workers.empty() && at >= group.begins) group.whole->add(at, group.level);
}

LeakSubject LeakWatch::subject_of(const GroupView& view, const Group& group) const {
  LeakSubject subject{view.name, view.service, {}, 0, {}, available_};
  if (!view.memory_limit) return subject;
  subject.limit = static_cast<double>(*view.memory_limit);
  // Others may use of the cgroup, too.
  const double shared =
      view.limited_by_cgroup ? static_cast<double>(view.memory_used.value_or(0)) : 0;
  const double left = *subject.limit - std::max(group.level, shared);
  subject.left = available_ ? std::min(*available_, left) : left;
  return subject;
}

void LeakWatch::weigh(const GroupView& view, Group& group, WallTime wall, double now,
                      LeakFamilies& families) {
  const LeakSubject whole = subject_of(view, group);
  for (auto& [place, member] : group.members) {
    const LeakSubject subject = of_worker(whole, place, member.pid);
    const auto change = member.track.weigh(now, room_);
    const Evidence& evidence = member.track.evidence();
    if (change == LeakTrack::Change::suspected) {
      events_.emit(leak_suspected(subject, evidence, wall));
    } else if (change == LeakTrack::Change::over) {
      events_.emit(leak_over(subject, "growth_ended", wall));
    }
    if (const auto suspected = member.track.suspected()) {
      families.add(subject, *suspected, evidence);
    }
  }
  if (!group.whole) return;
  weigh_whole(whole, group, wall, now);
  if (const auto suspected = group.whole->suspected()) {
    families.add(whole, *suspected, group.whole->evidence());
  }
}

// An event of the group is told only where no worker's tells the same, which may be some looks
// later: a worker has its place, and so its track, after its group.
void LeakWatch::weigh_whole(const LeakSubject& subject, Group& group, WallTime wall, double now) {
  const auto change = group.whole->weigh(now, room_);
  const bool by_worker = std::any_of(
      group.members.begin(), group.members.end(),
      [](const auto& member) { return member.second.track.suspected().value_or(false); });
  if (change == LeakTrack::Change::suspected) group.to_wait = kLooksForAWorker;
  if (by_worker || change == LeakTrack::Change::over) group.to_wait.reset();
  if (group.to_wait && (*group.to_wait)-- == 0) {
    group.to_wait.reset();
    group.told = true;
    events_.emit(leak_suspected(subject, group.whole->evidence(), wall));
  }
  if (change == LeakTrack::Change::over && std::exchange(group.told, false)) {
    events_.emit(leak_over(subject, "growth_ended", wall));
  }
}

}  // namespace wayside
