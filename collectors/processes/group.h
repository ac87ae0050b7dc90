#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "collectors/processes/config.h"
#include "collectors/processes/places.h"
#include "collectors/processes/process.h"

namespace wayside {

// A group of processes: who is in it, their places, and what they and those before them used.
// Its counters never go back. One thread.
class Group {
 public:
  static constexpr std::size_t kMostMasters = 8;

  explicit Group(ProcessGroupConfig config);

  // A pass: begin, join for each member, and settle.
  void begin() { members_.clear(); }
  void join(Process& process) {
    members_.push_back(&process);
    peopled_ = true;
  }
  // Tells masters from workers, gives places to those who have none, and adds what members used.
  // `uptime`: seconds since boot, on which a start is `start_ticks`; absent: not known.
  void settle(std::unordered_map<pid_t, Process>& all, std::optional<double> uptime,
              SteadyTime now);
  // Between passes: adds what a member used since.
  void account(Member& member);
  // Whether processes of it may be out of sight: then it is told of only while some are seen.
  void set_may_hide(bool may_hide) { may_hide_ = may_hide; }
  [[nodiscard]] bool told() const { return !members_.empty() || !may_hide_; }
  // A member is gone, or is one no longer.
  void leave(const Process& process, SteadyTime now);

  [[nodiscard]] const ProcessGroupConfig& config() const { return config_; }
  [[nodiscard]] const std::vector<Process*>& members() const { return members_; }
  // What they and those before them used; absent while it cannot be read of some living member, and
  // where it never could be of any that was there.
  [[nodiscard]] std::optional<std::uint64_t> count(Count count) const;
  [[nodiscard]] const Places& workers() const { return workers_; }
  [[nodiscard]] const Places& masters() const { return masters_; }
  // Workers beyond config().max_workers.
  [[nodiscard]] std::size_t without_place() const { return without_place_; }

 private:
  void find_masters(std::unordered_map<pid_t, Process>& all, std::optional<double> uptime);
  void seat(Process& process, std::optional<double> uptime, SteadyTime now);
  Places& places_of(const Place& place) { return place.master ? masters_ : workers_; }

  ProcessGroupConfig config_;
  Counts counts_;
  Places workers_;
  Places masters_;
  std::vector<Process*> members_;
  std::size_t without_place_ = 0;
  bool peopled_ = false;  // somebody was there once
  bool may_hide_ = false;
};

}  // namespace wayside
