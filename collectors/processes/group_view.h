#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "agent/core/collector.h"
#include "agent/core/time.h"
#include "agent/system/family_list.h"

namespace wayside {

// What an observer is shown of one living process of a group. What could not be read is absent.
struct WorkerView {
  static constexpr int kMaster = -1;    // the process all workers are children of
  static constexpr int kOverflow = -2;  // it has no place: beyond the bound, or just begun
  static constexpr int kHelper = -3;    // it does no work, as Python's resource tracker

  int worker = kMaster;  // its place in the group, from 0; a successor takes it over
  pid_t pid = 0;
  std::uint64_t start_ticks = 0;  // after boot: with the pid it is one process and no other
  char state = '?';               // R, S, D, Z … as proc(5) has them
  std::uint64_t cpu_ticks = 0;    // user and system, of its whole life
  std::uint64_t rss_bytes = 0;
  std::optional<std::uint64_t> anonymous_bytes;     // of the last poll
  std::optional<std::uint64_t> proportional_bytes;  // of the last minutes
  std::optional<WallTime> started;

  // Whether it is one of those that do the group's work, and lives.
  [[nodiscard]] bool works() const {
    return worker != kMaster && worker != kHelper && state != 'Z' && state != 'X';
  }
};

// One group as the config has it, also while none of its processes lives. Views are good during
// the call they are given to.
struct GroupView {
  std::size_t index = 0;                // of its entry in the config: the same at each call
  std::string_view name;                // the label `groupname`
  std::string_view service;             // the scope of its facts
  bool told = true;                     // false: nothing of it is seen, and that may be blindness
  std::span<const WorkerView> workers;  // masters first, then by place, then the overflow
  // Bytes: the least limit of its cgroups, else the host's memory; absent: not known.
  std::optional<std::uint64_t> memory_limit;
  bool limited_by_cgroup = false;
  std::string_view limited_by;  // the name of that cgroup: groups in the same one share its memory
  std::optional<std::uint64_t>
      memory_used;                       // bytes of it that are used; by its cgroup where limited
  std::span<const std::uint16_t> ports;  // that the config names
  SteadyTime read_at{};                  // when state, cpu_ticks and rss_bytes were read
};

// Takes part in the collector: told of all groups, tells families of its own. Called by the
// collector's thread alone. Observers are made in observers.cc.
class GroupObserver {
 public:
  virtual ~GroupObserver() = default;
  // At each poll (ProcessesCollector::kInterval), after all members were read.
  virtual void polled(std::span<const GroupView> groups, WallTime wall, SteadyTime now,
                      FamilyList& out) = 0;
  // At each sample (ProcessesCollector::kSampling). State, cpu_ticks and rss_bytes are read anew
  // once in kMemberSampling: read_at tells.
  virtual void sampled(std::span<const GroupView> /*groups*/, SteadyTime /*now*/) {}
  // What it may be blind for; after each poll.
  [[nodiscard]] virtual std::vector<Outcome::Part> parts() const { return {}; }
};

}  // namespace wayside
