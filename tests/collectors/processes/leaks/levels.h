#pragma once

#include <cmath>
#include <functional>
#include <optional>
#include <random>

#include "collectors/processes/leaks/leak_track.h"

namespace wayside {

// Levels of memory over time, as processes have them, for tests: bytes at each second.
using Level = std::function<double(double second)>;

inline constexpr double kMegabyte = 1e6;

// When `level`, looked at each second from `from` on and weighed each five, is first suspected.
inline std::optional<double> first_suspected(const Level& level, double seconds,
                                             const LeakRules& rules) {
  LeakTrack track(rules);
  TrendRoom room;
  for (double second = rules.warm_up; second < seconds; second += 1) {
    track.add(second, level(second));
    if (std::fmod(second, 5) != 0) continue;
    if (track.weigh(second, room) == LeakTrack::Change::suspected) return second;
  }
  return std::nullopt;
}

// Adds noise that is drawn anew at each look.
inline Level noisy(Level level, double deviation, std::uint64_t seed) {
  return [level = std::move(level), random = std::mt19937_64(seed),
          noise = std::normal_distribution<>(0, deviation)](double second) mutable {
    return level(second) + noise(random);
  };
}

}  // namespace wayside
