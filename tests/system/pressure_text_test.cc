#include "agent/system/pressure_text.h"

#include <gtest/gtest.h>

#include <string>

namespace wayside {
namespace {

TEST(PressureText, TellsSharesAndTotals) {
  const Pressure pressure = parse_pressure(
      "some avg10=12.50 avg60=4.10 avg300=1.02 total=1500000\n"
      "full avg10=0.25 avg60=0.00 avg300=0.00 total=250000\n");
  ASSERT_TRUE(pressure.some && pressure.full);
  EXPECT_EQ(pressure.some->avg10, 0.125);
  EXPECT_EQ(pressure.some->total, 1'500'000U);
  EXPECT_EQ(pressure.full->avg10, 0.0025);
}

TEST(PressureText, WhatCannotBeReadIsAbsentAndTheRestIsNot) {
  const Pressure pressure = parse_pressure("some avg10=101.00 avg60=x total=7\nfull total=-1\n");
  ASSERT_TRUE(pressure.some && pressure.full);
  EXPECT_FALSE(pressure.some->avg10);
  EXPECT_EQ(pressure.some->total, 7U);
  EXPECT_FALSE(pressure.full->total);
  for (const std::string_view share : {"nan", "-0.5", "inf", "", "1e9"}) {
    EXPECT_FALSE(parse_pressure("some avg10=" + std::string(share)).some->avg10) << share;
  }
  EXPECT_FALSE(parse_pressure("").some);
  EXPECT_FALSE(parse_pressure("awful avg10=1.00\n").full);
}

TEST(PressureText, OlderKernelsHaveNoFullLineForCpus) {
  const Pressure pressure = parse_pressure("some avg10=0.00 avg60=0.00 avg300=0.00 total=1\n");
  EXPECT_TRUE(pressure.some->total);
  EXPECT_FALSE(pressure.full);
  for (const char* text : {"some", "some total=", "some total=x", "some avg10=1.0"}) {
    EXPECT_FALSE(parse_pressure(text).some->total) << text;
  }
  EXPECT_FALSE(parse_pressure("total=5").some);
}

}  // namespace
}  // namespace wayside
