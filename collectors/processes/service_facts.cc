#include "collectors/processes/service_facts.h"

#include <algorithm>
#include <chrono>

#include "agent/system/units.h"

namespace wayside {

void ServiceFacts::polled(std::span<const GroupView> groups, WallTime /*wall*/, SteadyTime now,
                          FamilyList& /*out*/) {
  sampled(groups, now);
}

// Only where something was read anew: a fact keeps the time it was known at.
void ServiceFacts::sampled(std::span<const GroupView> groups, SteadyTime /*now*/) {
  before_.resize(groups.size());
  std::map<std::string, Usage> usages;
  bool anew = false;
  for (const GroupView& group : groups) {
    anew = anew || group.read_at != before_[group.index].read_at;
    if (group.told) take(group, usages[std::string(group.service)]);
  }
  if (!anew) return;
  const WallTime wall = clock_.wall();
  for (const auto& [service, usage] : usages) put(service, usage, wall);
}

void ServiceFacts::take(const GroupView& group, Usage& usage) {
  Before& before = before_[group.index];
  const bool first = before.read_at == SteadyTime{};
  if (first || group.read_at - before.read_at >= kLeastApart) take_cores(group, before);
  usage.cores_known = usage.cores_known && before.cores;
  usage.cores += before.cores.value_or(0);
  take_memory(group, usage);
  usage.workers +=
      static_cast<double>(std::count_if(group.workers.begin(), group.workers.end(),
                                        [](const WorkerView& worker) { return worker.works(); }));
}

// A process that was not there before adds nothing yet.
void ServiceFacts::take_cores(const GroupView& group, Before& before) {
  std::uint64_t used = 0;
  decltype(before.ticks) ticks;
  for (const WorkerView& worker : group.workers) {
    const auto last = std::lower_bound(before.ticks.begin(), before.ticks.end(),
                                       std::tuple(worker.pid, worker.start_ticks, 0UL));
    if (last != before.ticks.end() && std::get<0>(*last) == worker.pid &&
        std::get<1>(*last) == worker.start_ticks) {
      used += worker.cpu_ticks - std::min(worker.cpu_ticks, std::get<2>(*last));
    }
    ticks.emplace_back(worker.pid, worker.start_ticks, worker.cpu_ticks);
  }
  std::sort(ticks.begin(), ticks.end());
  const double passed = std::chrono::duration<double>(group.read_at - before.read_at).count();
  const bool first = before.read_at == SteadyTime{};
  before.cores.reset();
  if (!first) before.cores = static_cast<double>(used) * seconds_per_tick() / passed;
  before.ticks = std::move(ticks);
  before.read_at = group.read_at;
}

// What a cgroup uses is all of its groups' together; of the host's each uses its own.
void ServiceFacts::take_memory(const GroupView& group, Usage& usage) {
  usage.bytes_known = usage.bytes_known && group.memory_used;
  if (!group.memory_used) return;
  Memory& memory = usage.memories[group.limited_by];
  const auto used = static_cast<double>(*group.memory_used);
  memory.used = group.limited_by_cgroup ? used : memory.used + used;
  if (group.memory_limit) memory.limit = static_cast<double>(*group.memory_limit);
}

const ServiceFacts::Board& ServiceFacts::board(const std::string& service) {
  const auto known = boards_.find(service);
  if (known != boards_.end()) return known->second;
  const Board board{facts_.declare(service, "service_cpu_cores"),
                    facts_.declare(service, "service_memory_bytes"),
                    facts_.declare(service, "service_memory_limit_share"),
                    facts_.declare(service, "service_workers")};
  return boards_.emplace(service, board).first->second;
}

void ServiceFacts::put(const std::string& service, const Usage& usage, WallTime wall) {
  const Board& facts = board(service);
  facts_.put(facts.workers, usage.workers, wall);
  if (usage.cores_known) facts_.put(facts.cores, usage.cores, wall);
  if (!usage.bytes_known) return;
  double bytes = 0;
  std::optional<double> share;
  for (const auto& [cgroup, memory] : usage.memories) {
    bytes += memory.used;
    if (memory.limit.value_or(0) > 0) {
      share = std::max(share.value_or(0), memory.used / *memory.limit);
    }
  }
  facts_.put(facts.bytes, bytes, wall);
  if (share) facts_.put(facts.share, *share, wall);
}

}  // namespace wayside
