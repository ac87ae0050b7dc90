#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace wayside {

// A level at a moment: seconds after any fixed moment, and bytes.
struct TrendPoint {
  double seconds = 0;
  double bytes = 0;
};

// Theil–Sen: the median of the slopes of all pairs of points, in bytes per second. Nearly a third
// of the points may be anything and it stays near the truth. Points at one moment make no pair; 0
// where there is no pair. O(n²): for at most about 120 points. `scratch` is reused room.
double theil_sen_slope(std::span<const TrendPoint> points, std::vector<double>& scratch);

// Mann–Kendall: how likely a series of no trend would rise as much as this one, from 0 to 1 and
// one-sided; by the normal approximation, with the variance corrected for ties and the statistic
// for continuity (Kendall, Rank Correlation Methods). 1 for less than four points. Points are in
// the order of time. O(n²).
//
// It takes the points for independent, which levels of memory are not: a random walk that goes
// nowhere often looks like a trend to it. So it never decides alone; see drift_score.
double rise_p_value(std::span<const TrendPoint> points, std::vector<double>& scratch);

// The points with each dip of less than `width` points filled up to what is on both sides of it (a
// closing, as in morphology): memory that was given back for a moment. What stays down is left as
// it is. O(n · width²).
void fill_dips(std::span<const TrendPoint> points, std::size_t width, std::vector<TrendPoint>& out);

// How far the level went for the steps it made: the sum of the steps over the root of the sum of
// their squares. At most √(points - 1), when all steps are alike. Where steps up and down are
// equally likely it exceeds x with a chance of at most exp(-x²/2), however large single steps are
// (the self-normalised bound of de la Peña), so it tells a drift from a random walk, and one great
// step scores 1. 0 where nothing moved. Of points whose dips are filled there is no such bound: of
// 400,000 random walks of 90 points, closed at a width of four, none exceeded 6.2.
double drift_score(std::span<const TrendPoint> points);

}  // namespace wayside
