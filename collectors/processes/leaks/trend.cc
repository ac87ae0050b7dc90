#include "collectors/processes/leaks/trend.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace wayside {
namespace {

double sign(double value) {
  return static_cast<double>(value > 0) - static_cast<double>(value < 0);
}

// The sum over all pairs of whether the later is above the earlier.
double kendall_sum(std::span<const TrendPoint> points) {
  double sum = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    for (std::size_t j = i + 1; j < points.size(); ++j) {
      sum += sign(points[j].bytes - points[i].bytes);
    }
  }
  return sum;
}

double variance_term(double count) {
  return count * (count - 1) * (2 * count + 5) / 18;
}

// Of the sum above where there is no trend; each run of equal levels takes its part away.
double kendall_variance(std::span<const TrendPoint> points, std::vector<double>& scratch) {
  scratch.clear();
  for (const TrendPoint& point : points) scratch.push_back(point.bytes);
  std::sort(scratch.begin(), scratch.end());
  double variance = variance_term(static_cast<double>(scratch.size()));
  for (std::size_t at = 0; at < scratch.size();) {
    std::size_t end = at + 1;
    while (end < scratch.size() && scratch[end] == scratch[at]) ++end;
    variance -= variance_term(static_cast<double>(end - at));
    at = end;
  }
  return variance;
}

}  // namespace

double theil_sen_slope(std::span<const TrendPoint> points, std::vector<double>& scratch) {
  scratch.clear();
  for (std::size_t i = 0; i < points.size(); ++i) {
    for (std::size_t j = i + 1; j < points.size(); ++j) {
      const double apart = points[j].seconds - points[i].seconds;
      if (apart > 0) scratch.push_back((points[j].bytes - points[i].bytes) / apart);
    }
  }
  if (scratch.empty()) return 0;
  const auto middle = scratch.begin() + static_cast<std::ptrdiff_t>(scratch.size() / 2);
  std::nth_element(scratch.begin(), middle, scratch.end());
  if (scratch.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(scratch.begin(), middle)) / 2;
}

double rise_p_value(std::span<const TrendPoint> points, std::vector<double>& scratch) {
  constexpr std::size_t kLeast = 4;
  if (points.size() < kLeast) return 1;
  const double variance = kendall_variance(points, scratch);
  if (variance <= 0) return 1;  // all levels are equal
  const double sum = kendall_sum(points);
  const double score = (sum - sign(sum)) / std::sqrt(variance);
  return std::erfc(score / std::numbers::sqrt2) / 2;
}

// Of all runs of `width` points that have the point among them, the one whose top is lowest.
void fill_dips(std::span<const TrendPoint> points, std::size_t width,
               std::vector<TrendPoint>& out) {
  const auto less = [](const TrendPoint& a, const TrendPoint& b) { return a.bytes < b.bytes; };
  out.assign(points.begin(), points.end());
  for (std::size_t i = 0; i < points.size(); ++i) {
    double lowest = std::numeric_limits<double>::infinity();
    for (std::size_t after = 0; after < width; ++after) {
      const std::size_t from = i + after + 1 - std::min(width, i + after + 1);
      const auto run = points.subspan(from, std::min(i + after + 1, points.size()) - from);
      lowest = std::min(lowest, std::max_element(run.begin(), run.end(), less)->bytes);
    }
    out[i].bytes = lowest;
  }
}

double drift_score(std::span<const TrendPoint> points) {
  double squares = 0;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const double step = points[i].bytes - points[i - 1].bytes;
    squares += step * step;
  }
  if (squares <= 0) return 0;
  return (points.back().bytes - points.front().bytes) / std::sqrt(squares);
}

}  // namespace wayside
