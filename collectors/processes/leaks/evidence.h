#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "collectors/processes/leaks/minima_window.h"
#include "collectors/processes/leaks/trend.h"

namespace wayside {

// What is called a leak. docs/leaks.md tells the reasons.
struct LeakRules {
  std::array<double, 4> windows{90, 600, 3'600, 21'600};  // seconds; shortest first
  std::size_t buckets = 90;                               // of each window
  double warm_up = 15;              // seconds after a process's start that are left out
  double longest_doubt = 600;       // seconds; see LeakTrack
  double least_bytes = 16e6;        // what a window must have grown by, and
  double least_share = 0.03;        // of the level it ended with
  double least_drift = 5.2;         // drift_score of all points
  double least_filled_drift = 6.6;  // of all with their dips filled, where they do not show it
  double least_coarse_drift = 4.5;  // and of every third
  double most_chance = 1e-4;        // rise_p_value

  // The same rules where time goes `by` times as fast. For tests.
  [[nodiscard]] LeakRules faster(double by) const;
};

// What one window of levels tells.
struct Evidence {
  double slope = 0;    // bytes per second
  double chance = 1;   // rise_p_value
  double from = 0;     // bytes, and
  double to = 0;       // of the window's first and last points
  double seconds = 0;  // between them
  bool grows = false;  // it is a leak by all rules
  bool holds = false;  // what was called one may still be one: by half the bounds
};

// Room that is reused.
struct TrendRoom {
  std::vector<TrendPoint> points, filled, coarse;
  std::vector<double> numbers;
};

// Whether the points rose by half of what a leak must, or more: cheap, to be asked before the rest.
bool rose(std::span<const TrendPoint> points, const LeakRules& rules);

// Weighs the points of a window. What has not risen above all that was before it is no leak, but a
// tooth of a saw or a tide like the last; and of memory that was given back before more is
// expected: that it rises above it by half of what it fell.
Evidence weigh(std::span<const TrendPoint> points, const LevelsBefore& before,
               const LeakRules& rules, TrendRoom& room);

}  // namespace wayside
