#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "agent/core/facts.h"
#include "collectors/processes/group_view.h"

namespace wayside {

// Puts what a service uses on the facts board, in the scope of the service: service_cpu_cores
// (between the last two readings, about a second), service_memory_bytes, service_memory_limit_share
// and service_workers. Groups of one service are added up. What is not known is not put.
class ServiceFacts final : public GroupObserver {
 public:
  ServiceFacts(Facts& facts, const Clock& clock) : facts_(facts), clock_(clock) {}

  void polled(std::span<const GroupView> groups, WallTime wall, SteadyTime now,
              FamilyList& out) override;
  void sampled(std::span<const GroupView> groups, SteadyTime now) override;

 private:
  struct Usage {
    double cores = 0;
    double bytes = 0;
    double limit = 0;
    double workers = 0;
    bool cores_known = true;
    bool bytes_known = true;
    bool limit_known = true;
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
  void put(const std::string& service, const Usage& usage, WallTime wall);
  const Board& board(const std::string& service);

  Facts& facts_;
  const Clock& clock_;
  std::map<std::string, Board> boards_;
  std::vector<Before> before_;
};

}  // namespace wayside
