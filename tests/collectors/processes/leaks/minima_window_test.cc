#include "collectors/processes/leaks/minima_window.h"

#include <gtest/gtest.h>

namespace wayside {
namespace {

std::vector<TrendPoint> points_of(const MinimaWindow& window) {
  std::vector<TrendPoint> points;
  window.points(points);
  return points;
}

TEST(MinimaWindow, KeepsTheLeastOfEachBucketThatIsOver) {
  MinimaWindow window(100, 10);
  window.add(0, 7);
  window.add(4, 3);
  window.add(9, 5);
  window.add(12, 8);
  EXPECT_EQ(window.newest(), 0);
  const auto points = points_of(window);
  ASSERT_EQ(points.size(), 1U);  // the second bucket is under way
  EXPECT_EQ(points[0].seconds, 4);
  EXPECT_EQ(points[0].bytes, 3);
}

TEST(MinimaWindow, KnowsTheHighestFloorThatLeftItAndTheDeepestFall) {
  MinimaWindow window(20, 2);
  const double levels[] = {9, 30, 5, 8, 6, 7, 7};
  for (int i = 0; i < 3; ++i) window.add(i * 10, levels[i]);
  EXPECT_FALSE(window.before().highest);
  for (int i = 3; i < 5; ++i) window.add(i * 10, levels[i]);
  EXPECT_EQ(window.before().highest, 30);
  EXPECT_EQ(window.before().deepest_fall, 0);
  for (int i = 5; i < 7; ++i) window.add(i * 10, levels[i]);
  EXPECT_EQ(window.before().highest, 30);
  EXPECT_EQ(window.before().deepest_fall, 25);
  EXPECT_EQ(points_of(window).size(), 2U);
}

TEST(MinimaWindow, IsFullWhenItsSpanIsKnownNearlyWhole) {
  MinimaWindow window(10, 10);
  for (int second = 0; second < 9; ++second) window.add(second, 1);
  EXPECT_FALSE(window.full());  // eight buckets are over
  window.add(9, 1);
  EXPECT_TRUE(window.full());
}

TEST(MinimaWindow, WithGreatHolesIsNotFull) {
  MinimaWindow window(10, 10);
  for (const double second : {0, 1, 8, 9, 10}) window.add(second, 1);
  EXPECT_FALSE(window.full());
}

TEST(MinimaWindow, ForgetsAllAfterAPauseLongerThanItself) {
  MinimaWindow window(10, 10);
  for (int second = 0; second < 10; ++second) window.add(second, 1);
  window.add(1e9, 1);
  EXPECT_TRUE(points_of(window).empty());
  EXPECT_EQ(window.newest(), -1);
}

TEST(MinimaWindow, LeavesOutWhatComesFromBefore) {
  MinimaWindow window(10, 10);
  window.add(5, 4);
  window.add(3, 1);
  window.add(6, 9);
  ASSERT_EQ(points_of(window).size(), 1U);
  EXPECT_EQ(points_of(window)[0].bytes, 4);
}

}  // namespace
}  // namespace wayside
