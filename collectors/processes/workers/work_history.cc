#include "collectors/processes/workers/work_history.h"

#include <ranges>

namespace wayside {

void WorkHistory::note(const WorkerView& worker) {
  const auto [at, fresh] = processes_.try_emplace(
      worker.worker, Process{worker.pid, worker.start_ticks, worker.cpu_ticks, 0});
  Process& process = at->second;
  if (fresh) return;
  const bool same = process.pid == worker.pid && process.start_ticks == worker.start_ticks;
  if (same && worker.cpu_ticks > process.seen) process.used += worker.cpu_ticks - process.seen;
  process = {worker.pid, worker.start_ticks, worker.cpu_ticks, process.used};
}

void WorkHistory::look(const GroupView& group) {
  if (!looks_.empty() && looks_.back().at == group.read_at) return;
  Look now{group.read_at, {}};
  for (const WorkerView& worker : group.workers) {
    if (worker.worker < 0) continue;  // a master does no work, and the overflow has no place
    note(worker);
    now.used[worker.worker] = processes_.find(worker.worker)->second.used;
  }
  std::erase_if(processes_, [&](const auto& entry) { return !now.used.contains(entry.first); });
  looks_.push_back(std::move(now));
  while (looks_.back().at - looks_.front().at > length_) looks_.pop_front();
}

std::map<int, std::uint64_t> WorkHistory::ticks() const {
  std::map<int, std::uint64_t> ticks;
  if (looks_.empty()) return ticks;
  for (const auto& [place, used] : looks_.back().used) {
    // From the first look at which somebody has stood there ever since.
    std::uint64_t before = used;
    for (const Look& look : std::ranges::reverse_view(looks_)) {
      const auto found = look.used.find(place);
      if (found == look.used.end()) break;
      before = found->second;
    }
    ticks[place] = used - before;
  }
  return ticks;
}

SteadyTime::duration WorkHistory::span() const {
  return looks_.empty() ? SteadyTime::duration::zero() : looks_.back().at - looks_.front().at;
}

}  // namespace wayside
