#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "agent/core/time.h"
#include "collectors/processes/process.h"

namespace wayside {

// A worker's place in its group. Whoever stands in it adds to the same counters, so that a series
// goes on when a worker is replaced by its successor.
struct Seat {
  const Process* holder = nullptr;  // null: free
  bool used = false;
  bool ended = false;  // the last holder ended, rather than became something else
  std::uint64_t restarts = 0;
  SteadyTime freed{};
  Counts counts;
};

// The seats of a group's workers, or of its masters: a new process takes the lowest free one. One
// that nobody took for kForgotten begins anew.
class Places {
 public:
  static constexpr std::chrono::hours kForgotten{1};

  explicit Places(std::size_t most) : most_(most) {}

  // Nothing where all are taken.
  std::optional<std::size_t> take(const Process& process);
  // `ended`: its process did, so that the next holder is a restart.
  void leave(std::size_t index, bool ended, SteadyTime now);
  void forget(SteadyTime now);
  void add(std::size_t index, const Counts& added) { seats_[index].counts.add(added); }
  [[nodiscard]] const std::vector<Seat>& seats() const { return seats_; }

 private:
  std::size_t most_;
  std::vector<Seat> seats_;
};

}  // namespace wayside
