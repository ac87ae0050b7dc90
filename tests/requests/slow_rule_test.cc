#include "agent/requests/slow_rule.h"

#include <gtest/gtest.h>

namespace wayside {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(SlowRules, ARouteMayHaveItsOwnThreshold) {
  RequestRules rules;
  rules.slow_after = Micros{500'000};
  rules.slow_after_by_route = {{"/api/report", Micros{3'000'000}},
                               {"/api/students/{student_id}", Micros{50'000}}};
  const SlowRule rule(rules);
  EXPECT_EQ(rule.threshold("/api/report"), Micros{3'000'000});
  EXPECT_EQ(rule.threshold("/api/students/:id"), Micros{50'000});
  EXPECT_EQ(rule.threshold("/api/other"), Micros{500'000});
  EXPECT_EQ(rule.threshold(""), Micros{500'000});
}

TEST(StormLimits, TenComeAtOnceAndThenOneASecond) {
  StormLimit limit;
  const SteadyTime now{};
  for (int i = 0; i < 10; ++i) EXPECT_EQ(limit.admit(now), 0U);
  EXPECT_FALSE(limit.admit(now).has_value());
  EXPECT_FALSE(limit.admit(now + milliseconds{900}).has_value());
  EXPECT_EQ(limit.admit(now + milliseconds{1'100}), 2U);
  EXPECT_FALSE(limit.admit(now + milliseconds{1'200}).has_value());
  EXPECT_EQ(limit.admit(now + seconds{100}), 1U);
  for (int i = 0; i < 9; ++i) EXPECT_EQ(limit.admit(now + seconds{100}), 0U);
  EXPECT_FALSE(limit.admit(now + seconds{100}).has_value());
}

TEST(StormLimits, WhatIsHeldBackIsOverdueAfterTenSeconds) {
  StormLimit limit;
  const SteadyTime now{};
  for (int i = 0; i < 13; ++i) (void)limit.admit(now);
  EXPECT_TRUE(limit.holds());
  EXPECT_EQ(limit.overdue(now + milliseconds{9'999}, false), 0U);
  EXPECT_EQ(limit.overdue(now + seconds{10}, false), 3U);
  EXPECT_EQ(limit.overdue(now + seconds{30}, false), 0U);
  EXPECT_FALSE(limit.holds());
}

}  // namespace
}  // namespace wayside
