#include "collectors/processes/leaks/evidence.h"

#include <algorithm>

namespace wayside {
namespace {

constexpr std::size_t kCoarse = 3;  // points made one
constexpr std::size_t kDip = 4;     // points; what is down for less is a dip
constexpr std::size_t kLeastPoints = 12;

// The least of each three points: a saw-tooth somewhat longer than a bucket shows its floor there.
void coarsen(std::span<const TrendPoint> points, std::vector<TrendPoint>& out) {
  out.clear();
  for (std::size_t at = 0; at + kCoarse <= points.size(); at += kCoarse) {
    const auto three = points.subspan(at, kCoarse);
    out.push_back(*std::min_element(
        three.begin(), three.end(),
        [](const TrendPoint& a, const TrendPoint& b) { return a.bytes < b.bytes; }));
  }
}

// What a window that ended at `to` must have grown by.
double floor_of(double to, const LeakRules& rules) {
  return std::max(rules.least_bytes, rules.least_share * to);
}

// Whether the level rose all the time and does not flatten: a step, a fill that comes to its end
// and a start that settles are no leaks.
bool steady(std::span<const TrendPoint> points, double slope, std::vector<double>& numbers) {
  constexpr double kLeastThird = 0.25;  // of the whole slope, in each third
  constexpr double kLeastRecent = 0.5;  // and in the last one
  constexpr double kLeastKept = 0.95;   // of the first third's slope, in the last one
  const std::size_t third = points.size() / 3;
  const double first = theil_sen_slope(points.first(third), numbers);
  const double second = theil_sen_slope(points.subspan(third, third), numbers);
  const double last = theil_sen_slope(points.last(third), numbers);
  return std::min({first, second, last}) >= kLeastThird * slope && last >= kLeastRecent * slope &&
         last >= kLeastKept * first;
}

Evidence describe(std::span<const TrendPoint> points, TrendRoom& room) {
  Evidence evidence;
  evidence.slope = theil_sen_slope(points, room.numbers);
  evidence.chance = rise_p_value(points, room.numbers);
  evidence.from = points.front().bytes;
  evidence.to = points.back().bytes;
  evidence.seconds = points.back().seconds - points.front().seconds;
  return evidence;
}

bool still_holds(std::span<const TrendPoint> points, const Evidence& evidence, double floor,
                 std::vector<double>& numbers) {
  constexpr double kDoubtful = 0.05;
  constexpr double kLeastRecent = 0.25;
  const double last = theil_sen_slope(points.last(points.size() / 3), numbers);
  return evidence.chance <= kDoubtful && evidence.slope * evidence.seconds >= floor / 2 &&
         last >= kLeastRecent * evidence.slope;
}

Evidence weigh_once(std::span<const TrendPoint> points, const LevelsBefore& before,
                    double least_drift, const LeakRules& rules, TrendRoom& room) {
  constexpr double kOfFall = 0.5;
  Evidence evidence = describe(points, room);
  const double floor = floor_of(evidence.to, rules);
  evidence.holds = still_holds(points, evidence, floor, room.numbers);
  const double known = std::max(before.highest.value_or(evidence.from), evidence.from);
  const double least_above = std::max(floor, kOfFall * before.deepest_fall);
  evidence.grows = evidence.holds && drift_score(points) >= least_drift &&
                   evidence.slope * evidence.seconds >= floor &&
                   evidence.to >= known + least_above && evidence.chance <= rules.most_chance &&
                   steady(points, evidence.slope, room.numbers);
  return evidence;
}

}  // namespace

LeakRules LeakRules::faster(double by) const {
  LeakRules rules = *this;
  for (double& window : rules.windows) window /= by;
  rules.warm_up /= by;
  rules.longest_doubt /= by;
  return rules;
}

bool rose(std::span<const TrendPoint> points, const LeakRules& rules) {
  if (points.size() < kLeastPoints * kCoarse) return false;
  const double to = points.back().bytes;
  return to - points.front().bytes >= floor_of(to, rules) / 2;
}

Evidence weigh(std::span<const TrendPoint> points, const LevelsBefore& before,
               const LeakRules& rules, TrendRoom& room) {
  if (points.size() < kLeastPoints * kCoarse) return {};
  if (!rose(points, rules)) return describe(points, room);
  const Evidence fine = weigh_once(points, before, rules.least_drift, rules, room);
  if (fine.grows) return fine;
  fill_dips(points, kDip, room.filled);
  const Evidence filled = weigh_once(room.filled, before, rules.least_filled_drift, rules, room);
  if (filled.grows) return filled;
  coarsen(points, room.coarse);
  const Evidence coarse = weigh_once(room.coarse, before, rules.least_coarse_drift, rules, room);
  if (coarse.grows || coarse.holds) return coarse;
  return filled.holds ? filled : fine;
}

}  // namespace wayside
