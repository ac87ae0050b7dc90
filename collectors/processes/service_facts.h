#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "agent/core/facts.h"
#include "collectors/processes/group_view.h"

namespace wayside {

// Puts what a service uses on the facts board, in the scope of the service: service_cpu_cores
// (between the last two readings, about a second), service_memory_bytes, service_memory_limit_share
// (of the limit that is nearest) and service_workers. Groups of one service are added up, a cgroup
// that they share is one. What is not known is not put.
class ServiceFacts final : public GroupObserver {
 public:
  ServiceFacts(Facts& facts, const Clock& clock) : facts_(facts), clock_(clock) {}

  void polled(std::span<const GroupView> groups, WallTime wall, SteadyTime now,
              FamilyList& out) override;
  void sampled(std::span<const GroupView> groups, SteadyTime now) override;

 private:
  // Less than this between two readings tells nothing: the kernel counts in ticks.
  static constexpr std::chrono::milliseconds kLeastApart{500};

  struct Memory {
    double used = 0;
    std::optional<double> limit;
  };
  struct Usage {
    double cores = 0;
    double workers = 0;
    bool cores_known = true;
    bool bytes_known = true;
    std::map<std::string_view, Memory> memories;  // by cgroup; the host's has no name
  };
  struct Board {
    FactId cores, bytes, share, workers;
  };
  // What was read of a group before: processor ticks by process.
  struct Before {
    SteadyTime read_at{};
    std::vector<std::tuple<pid_t, std::uint64_t, std::uint64_t>> ticks;  // pid, start, ticks
    std::optional<double> cores;
  };
  void take(const GroupView& group, Usage& usage);
  static void take_cores(const GroupView& group, Before& before);
  static void take_memory(const GroupView& group, Usage& usage);
  void put(const std::string& service, const Usage& usage, WallTime wall);
  const Board& board(const std::string& service);

  Facts& facts_;
  const Clock& clock_;
  std::map<std::string, Board> boards_;
  std::vector<Before> before_;
};

}  // namespace wayside
