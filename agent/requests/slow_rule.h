#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "agent/core/time.h"
#include "agent/requests/rules.h"

namespace wayside {

// When a request is slow: where it took longer than the threshold, of its route where one is set.
class SlowRule {
 public:
  explicit SlowRule(const RequestRules& rules);

  // Keys of the rules match in whatever style they are written.
  [[nodiscard]] Micros threshold(std::string_view route) const;

 private:
  Micros slow_after_;
  std::map<std::string, Micros, std::less<>> by_route_;
};

// Lets ten events through at once and one a second on the average, and counts what it holds
// back. One per route; one thread at a time.
class StormLimit {
 public:
  static constexpr double kBurst = 10;
  static constexpr double kPerSecond = 1;
  static constexpr std::chrono::seconds kPatience{10};

  // How many were held back since the last one that was let through; nothing: hold this one back
  // too.
  std::optional<std::uint64_t> admit(SteadyTime now);

  // How many are held back, where that has not been told for ten seconds (or `at_once`); they
  // are then told.
  std::uint64_t overdue(SteadyTime now, bool at_once);

  [[nodiscard]] bool holds() const { return held_back_ > 0; }

 private:
  double tokens_ = kBurst;
  SteadyTime refilled_{};
  std::uint64_t held_back_ = 0;
  SteadyTime held_since_{};
};

}  // namespace wayside
