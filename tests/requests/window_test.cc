#include "agent/requests/window.h"

#include <gtest/gtest.h>

#include <vector>

namespace wayside {
namespace {

const std::vector<std::uint64_t> kBounds = {100'000, 200'000, 400'000};
constexpr std::int64_t kNow = 1'700'000'000;

TEST(Windows, CountTheLastTenSecondsOnly) {
  const Buckets bounds(kBounds);
  Window window(4);
  for (std::int64_t i = 0; i < 20; ++i) window.add(kNow + i, 0, i == 19);
  const WindowFigures figures = window.at(kNow + 19, bounds);
  EXPECT_EQ(figures.requests, 10U);
  EXPECT_DOUBLE_EQ(*figures.error_share, 0.1);
  EXPECT_EQ(window.at(kNow + 24, bounds).requests, 5U);
  EXPECT_EQ(window.at(kNow + 29, bounds).requests, 0U);
}

TEST(Windows, OfNothingThereIsNoShareAndNoQuantile) {
  const WindowFigures figures = Window(4).at(kNow, Buckets(kBounds));
  EXPECT_EQ(figures.requests, 0U);
  EXPECT_FALSE(figures.error_share.has_value());
  EXPECT_FALSE(figures.p50.has_value());
}

TEST(Windows, QuantilesAreLinearWithinTheirBucket) {
  const Buckets bounds(kBounds);
  Window window(4);
  for (int i = 0; i < 50; ++i) window.add(kNow, 0, false);
  for (int i = 0; i < 50; ++i) window.add(kNow, 1, false);
  const WindowFigures figures = window.at(kNow, bounds);
  EXPECT_DOUBLE_EQ(*figures.p50, 0.1);
  EXPECT_DOUBLE_EQ(*figures.p99, 0.198);
}

TEST(Windows, ThePartAboveTheBoundsIsTheHighestBound) {
  Window window(4);
  window.add(kNow, 3, false);
  EXPECT_DOUBLE_EQ(*window.at(kNow, Buckets(kBounds)).p50, 0.4);
}

TEST(Windows, RequestsWithoutALatencyCountInNoQuantile) {
  Window window(4);
  window.add(kNow, 4, false);
  const WindowFigures figures = window.at(kNow, Buckets(kBounds));
  EXPECT_EQ(figures.requests, 1U);
  EXPECT_FALSE(figures.p50.has_value());
}

TEST(Windows, LateRequestsFallIntoTheirOwnSecond) {
  const Buckets bounds(kBounds);
  Window window(4);
  window.add(kNow, 0, false);
  window.add(kNow - 3, 0, false);
  window.add(kNow - 10, 0, false);  // its slot is taken by kNow
  EXPECT_EQ(window.at(kNow, bounds).requests, 2U);
  EXPECT_EQ(window.at(kNow - 1, bounds).requests, 1U);
}

TEST(Windows, AClockSetBackDoesNotBlockASlot) {
  const Buckets bounds(kBounds);
  Window window(4);
  window.add(kNow + 4'000'000'000, 0, false);
  window.add(kNow, 0, false);
  EXPECT_EQ(window.at(kNow, bounds).requests, 1U);
}

TEST(Windows, ExtremeTimesAreTaken) {
  const Buckets bounds(kBounds);
  Window window(4);
  for (const std::int64_t second :
       {INT64_MIN / 1'000'000, INT64_MAX / 1'000'000, std::int64_t{-100}, std::int64_t{0}}) {
    window.add(second, 0, false);
    EXPECT_EQ(window.at(second, bounds).requests, 1U) << second;
  }
}

}  // namespace
}  // namespace wayside
