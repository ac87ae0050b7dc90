#include "collectors/access_log/source/lag_age.h"

#include <gtest/gtest.h>

namespace wayside {
namespace {

SteadyTime at(std::int64_t ms) {
  return SteadyTime{} + std::chrono::milliseconds(ms);
}

double age(const LagAge& lag, std::int64_t ms) {
  return seconds(lag.age(at(ms)));
}

TEST(AgeOfLag, IsNothingWhereEverythingIsRead) {
  LagAge lag;
  EXPECT_EQ(age(lag, 5000), 0);
  lag.seen(100, 100, at(1000));
  EXPECT_EQ(age(lag, 5000), 0);
}

TEST(AgeOfLag, IsTheTimeSinceTheFileGrewBeyondWhatIsRead) {
  LagAge lag;
  lag.seen(100, 100, at(0));
  lag.seen(110, 100, at(7000));
  EXPECT_EQ(age(lag, 7500), 0.5);
  lag.seen(120, 100, at(8000));
  EXPECT_EQ(age(lag, 9000), 2);
  lag.seen(120, 110, at(9000));
  EXPECT_EQ(age(lag, 9000), 1);
  lag.seen(120, 120, at(9000));
  EXPECT_EQ(age(lag, 10'000), 0);
}

TEST(AgeOfLag, OfAReaderThatIsNeverDoneIsThatOfItsOldestByte) {
  LagAge lag;
  for (int i = 0; i < 10'000; ++i) {
    const auto now = at(std::int64_t{i} * 100);
    lag.seen(static_cast<std::uint64_t>(i + 1) * 10, static_cast<std::uint64_t>(i) * 10, now);
    ASSERT_LE(lag.age(now), Micros{200'000}) << i;
  }
}

TEST(AgeOfLag, IsNeverTooYoungHoweverManyGrowthsThereWere) {
  LagAge lag;
  lag.seen(1, 0, at(0));
  for (int i = 1; i < 10'000; ++i) {
    lag.seen(static_cast<std::uint64_t>(i) + 1, 0, at(std::int64_t{i} * 20));
  }
  EXPECT_EQ(age(lag, 200'000), 200);
  lag.seen(10'000, 5000, at(200'000));
  EXPECT_GE(age(lag, 200'000), 99);
  EXPECT_LE(age(lag, 200'000), 200);
}

TEST(AgeOfLag, BeginsAnewWithTheFile) {
  LagAge lag;
  lag.seen(100, 50, at(0));
  lag.reset();
  EXPECT_EQ(age(lag, 1000), 0);
  lag.seen(10, 0, at(1000));
  EXPECT_EQ(age(lag, 1500), 0.5);
}

}  // namespace
}  // namespace wayside
