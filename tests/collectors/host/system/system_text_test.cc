#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>

#include "collectors/host/system/os_release.h"
#include "collectors/host/system/time.h"
#include "collectors/host/system/timex.h"
#include "collectors/host/system/uname.h"
#include "tests/collectors/host/lines.h"

namespace wayside {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(OsReleaseText, TakesTheShellsQuotesOff) {
  const auto release = parse_os_release(
      "# comment\nNAME=\"Two \\\"words\\\"\"\nID=debian\nVERSION='a \\b'\n  PRETTY_NAME=x\\ y \r\n"
      "EMPTY=\nOPEN=\"no end\n");
  EXPECT_EQ(release.at("NAME"), "Two \"words\"");
  EXPECT_EQ(release.at("ID"), "debian");
  EXPECT_EQ(release.at("VERSION"), "a \\b");
  EXPECT_EQ(release.at("PRETTY_NAME"), "x y");
  EXPECT_EQ(release.at("EMPTY"), "");
  EXPECT_EQ(release.at("OPEN"), "no end");
}

TEST(OsReleaseText, WhatIsNoAssignmentIsLeftOut) {
  for (const std::string_view text :
       {"", "\n", "=x\n", "name=x\n", "NA ME=x\n", "NAME\n", "\xff=1\n"}) {
    EXPECT_THAT(parse_os_release(text), IsEmpty()) << text;
  }
}

TEST(OsVersion, IsMajorAndMinor) {
  EXPECT_EQ(version_number("12"), 12);
  EXPECT_EQ(version_number("22.04 LTS"), 22.04);
  EXPECT_EQ(version_number("3.18.4"), 3.18);
  EXPECT_EQ(version_number("9."), 9);
  for (const std::string_view text : {"", "x", ".5", "rolling", "-1"}) {
    EXPECT_FALSE(version_number(text)) << text;
  }
}

TEST(OsFamilies, WithoutAVersionThereIsTheInfoAlone) {
  FamilyList out;
  add_os(parse_os_release("ID=arch\nNAME=\"Arch Linux\"\n"), out);
  EXPECT_THAT(lines_of(out), ElementsAre("node_os_info{id=\"arch\",name=\"Arch Linux\"} 1"));
}

TEST(Time, OfTheZoneOfThisProcess) {
  ::setenv("TZ", "XYZ-2:30", 1);
  ::tzset();
  FamilyList out;
  add_time(WallTime{std::chrono::milliseconds{1'800'000'000'500}}, out);
  ::setenv("TZ", "UTC", 1);
  ::tzset();
  EXPECT_THAT(lines_of(out), ElementsAre("node_time_seconds 1800000000.5",
                                         "node_time_zone_offset_seconds{time_zone=\"XYZ\"} 9000"));
}

TEST(ClockSources, AreWords) {
  FamilyList out;
  add_clocksources("0", "tsc hpet \n", "tsc\n", out);
  EXPECT_THAT(
      lines_of(out),
      ElementsAre("node_time_clocksource_available_info{clocksource=\"tsc\",device=\"0\"} 1",
                  "node_time_clocksource_available_info{clocksource=\"hpet\",device=\"0\"} 1",
                  "node_time_clocksource_current_info{clocksource=\"tsc\",device=\"0\"} 1"));
  out.clear();
  add_clocksources("0", "", "", out);
  EXPECT_THAT(lines_of(out), IsEmpty());
}

TEST(Timex, UnitsFollowTheStatus) {
  timex clock{};
  clock.offset = -1500;
  FamilyList micros;
  add_timex(clock, TIME_OK, micros);
  EXPECT_THAT(lines_of(micros), Contains("node_timex_offset_seconds -0.0015"));
  EXPECT_THAT(lines_of(micros), Contains("node_timex_sync_status 1"));
  clock.status = STA_NANO;
  FamilyList nanos;
  add_timex(clock, TIME_ERROR, nanos);
  EXPECT_THAT(lines_of(nanos), Contains("node_timex_offset_seconds -1.5e-06"));
  EXPECT_THAT(lines_of(nanos), Contains("node_timex_sync_status 0"));
  EXPECT_THAT(lines_of(nanos), Contains("node_timex_frequency_adjustment_ratio 1"));
}

}  // namespace
}  // namespace wayside
