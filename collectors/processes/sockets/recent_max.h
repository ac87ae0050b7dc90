#pragma once

#include <chrono>
#include <deque>
#include <optional>

#include "agent/core/time.h"

namespace wayside {

// The highest value of the last `length`, wherever scrapes fall. Holds no more values than were
// added in that time.
class RecentMax {
 public:
  explicit RecentMax(std::chrono::milliseconds length) : length_(length) {}

  void add(SteadyTime now, double value) {
    while (!falling_.empty() && falling_.back().value <= value) falling_.pop_back();
    falling_.push_back({now, value});
    drop_before(now);
  }
  // Nothing where no value was added in the window.
  std::optional<double> at(SteadyTime now) {
    drop_before(now);
    return falling_.empty() ? std::nullopt : std::optional(falling_.front().value);
  }

 private:
  struct Entry {
    SteadyTime at;
    double value;
  };
  void drop_before(SteadyTime now) {
    while (!falling_.empty() && now - falling_.front().at > length_) falling_.pop_front();
  }

  std::chrono::milliseconds length_;
  std::deque<Entry> falling_;  // each below the one before: what may still become the highest
};

}  // namespace wayside
