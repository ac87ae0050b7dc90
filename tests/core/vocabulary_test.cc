#include <gtest/gtest.h>

#include "agent/core/event.h"
#include "agent/core/request.h"
#include "agent/core/time.h"

namespace wayside {
namespace {

TEST(Methods, KeepTheirNames) {
  for (const std::string_view name :
       {"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"}) {
    EXPECT_EQ(to_string(method_from(name)), name);
  }
}

TEST(Methods, UnknownOnesAreOther) {
  for (const std::string_view name : {"", "get", "GETS", "PROPFIND", "_OTHER"}) {
    EXPECT_EQ(method_from(name), Method::other) << name;
  }
  EXPECT_EQ(to_string(Method::other), "_OTHER");
}

TEST(Levels, AreNamed) {
  EXPECT_EQ(to_string(Level::debug), "debug");
  EXPECT_EQ(to_string(Level::info), "info");
  EXPECT_EQ(to_string(Level::warn), "warn");
  EXPECT_EQ(to_string(Level::error), "error");
}

TEST(Requests, BeginTheirDurationBeforeTheirEnd) {
  Request request;
  EXPECT_EQ(request.begun(), kNoTime);
  request.ended = WallTime{Micros{1'000}};
  EXPECT_EQ(request.begun(), request.ended);
  request.total = Micros{400};
  EXPECT_EQ(request.begun(), WallTime{Micros{600}});
}

TEST(Times, AreWrittenAsRfc3339InMilliseconds) {
  EXPECT_EQ(to_rfc3339(WallTime{Micros{0}}), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(to_rfc3339(WallTime{Micros{1'795'473'091'123'999}}), "2026-11-23T22:31:31.123Z");
  EXPECT_EQ(to_rfc3339(WallTime{Micros{-1}}), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(to_rfc3339(kNoTime).substr(0, 8), "-290308-");  // the earliest there is
}

TEST(Clocks, StandStillUntilMoved) {
  ManualClock clock;
  const auto wall = clock.wall();
  const auto steady = clock.steady();
  EXPECT_EQ(clock.wall(), wall);
  clock.advance(std::chrono::seconds{2});
  EXPECT_EQ(clock.wall() - wall, std::chrono::seconds{2});
  EXPECT_EQ(clock.steady() - steady, std::chrono::seconds{2});
}

}  // namespace
}  // namespace wayside
