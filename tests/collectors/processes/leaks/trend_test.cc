#include "collectors/processes/leaks/trend.h"

#include <gtest/gtest.h>

#include <cmath>

namespace wayside {
namespace {

std::vector<TrendPoint> each_second(const std::vector<double>& levels) {
  std::vector<TrendPoint> points;
  for (const double level : levels) {
    points.push_back({static_cast<double>(points.size()), level});
  }
  return points;
}

double slope_of(const std::vector<TrendPoint>& points) {
  std::vector<double> scratch;
  return theil_sen_slope(points, scratch);
}

double chance_of(const std::vector<double>& levels) {
  std::vector<double> scratch;
  return rise_p_value(each_second(levels), scratch);
}

TEST(TheilSenSlope, IsThatOfALine) {
  EXPECT_DOUBLE_EQ(slope_of(each_second({10, 13, 16, 19, 22})), 3);
}

TEST(TheilSenSlope, IsTheMedianOfAllPairs) {
  // Slopes: 1, 3, 2 between neighbours and over two: 1, 2, 5/2; 2 over all.
  EXPECT_DOUBLE_EQ(slope_of(each_second({0, 1, 4, 6})), 2);
  // An even number of pairs: the mean of the two in the middle, here of 1, 2 and 1.5.
  EXPECT_DOUBLE_EQ(slope_of(each_second({0, 1, 3})), 1.5);
}

TEST(TheilSenSlope, IsNotMovedByAFewWildPoints) {
  EXPECT_DOUBLE_EQ(slope_of(each_second({0, 1, 2, 1e9, 4, 5, 6, -1e9, 8, 9, 10, 11, 12})), 1);
}

TEST(TheilSenSlope, OfNoPairIsZero) {
  EXPECT_EQ(slope_of({}), 0);
  EXPECT_EQ(slope_of({{1, 5}}), 0);
  EXPECT_EQ(slope_of({{1, 5}, {1, 9}}), 0);
}

TEST(RisePValue, AgreesWithTheNormalApproximation) {
  // Ten rising levels: S = 45, variance 10·9·25/18 = 125, z = 44/√125.
  EXPECT_NEAR(chance_of({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}), std::erfc(44 / std::sqrt(250.0)) / 2,
              1e-12);
}

TEST(RisePValue, CorrectsForTies) {
  // S of {1 1 2 2 3 3} is 12; variance (6·5·17 - 3·2·1·9)/18 = 456/18.
  EXPECT_NEAR(chance_of({1, 1, 2, 2, 3, 3}), std::erfc(11 / std::sqrt(2 * 456.0 / 18)) / 2, 1e-12);
}

TEST(RisePValue, IsLargeWhereNothingRises) {
  EXPECT_EQ(chance_of({7, 7, 7, 7, 7, 7}), 1);
  EXPECT_EQ(chance_of({1, 2, 3}), 1);  // too few
  EXPECT_GT(chance_of({9, 8, 7, 6, 5, 4, 3}), 0.99);
  EXPECT_NEAR(chance_of({1, 2, 2, 1}), 0.5, 1e-12);
}

TEST(DriftScore, IsTheRootOfTheStepsWhereTheyAreAlike) {
  EXPECT_DOUBLE_EQ(drift_score(each_second({5, 7, 9, 11, 13})), 2);
}

TEST(DriftScore, OfOneStepIsOneHoweverGreat) {
  EXPECT_DOUBLE_EQ(drift_score(each_second({5, 5, 5, 5e12, 5e12, 5e12})), 1);
}

TEST(DriftScore, IsSmallForWhatGoesNowhere) {
  EXPECT_EQ(drift_score({}), 0);
  EXPECT_EQ(drift_score(each_second({4, 4, 4})), 0);
  EXPECT_DOUBLE_EQ(drift_score(each_second({1, 2, 1, 2, 1})), 0);
  EXPECT_LT(drift_score(each_second({9, 8, 7})), -1.4);
}

TEST(FillDips, FillsWhatIsDownForLessAndLeavesTheRest) {
  const auto filled = [](const std::vector<double>& levels) {
    std::vector<TrendPoint> points, out;
    for (const double level : levels) points.push_back({static_cast<double>(points.size()), level});
    fill_dips(points, 3, out);
    std::vector<double> bytes;
    for (const TrendPoint& point : out) bytes.push_back(point.bytes);
    return bytes;
  };
  using Levels = std::vector<double>;
  EXPECT_EQ(filled({5, 1, 5, 1, 2, 5}), Levels({5, 5, 5, 5, 5, 5}));
  EXPECT_EQ(filled({5, 1, 1, 1, 5}), Levels({5, 1, 1, 1, 5})) << "as wide as the width";
  EXPECT_EQ(filled({9, 3, 3, 3, 3}), Levels({9, 3, 3, 3, 3})) << "it stays down";
  EXPECT_EQ(filled({1, 2, 3, 4}), Levels({1, 2, 3, 4}));
  EXPECT_EQ(filled({1, 9, 1}), Levels({1, 9, 1})) << "a peak is no dip";
  EXPECT_EQ(filled({4, 2, 6}), Levels({4, 4, 6})) << "to the lower of its sides";
  EXPECT_EQ(filled({}), Levels());
}

}  // namespace
}  // namespace wayside
