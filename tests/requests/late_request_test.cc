// Slow requests that are told long after they ended, as when a log is read from its beginning.
#include <gtest/gtest.h>

#include "tests/requests/recording.h"

namespace wayside {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

Request ended_ago(const Recording& recording, Micros ago, std::string_view path = "/a") {
  Request request = recording.request(path, 2'000);
  request.ended -= ago;
  return request;
}

TEST(LateRequests, OldOnesAreMarkedAndKeepTheirOwnTime) {
  Recording recording;
  recording.record(ended_ago(recording, hours{7}));
  const auto events = recording.events.take();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].name, "slow_request");
  EXPECT_EQ(events[0].level, Level::info) << "no warning of now";
  EXPECT_EQ(events[0].at, recording.clock.wall() - hours{7});
  EXPECT_EQ(events[0].fields["late"], true);
  EXPECT_EQ(recording.series("wayside_slow_requests_total").size(), 1U) << "it counts all the same";
}

TEST(LateRequests, AMinuteIsNotLate) {
  Recording recording;
  recording.record(ended_ago(recording, seconds{60}));
  const auto events = recording.events.take();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].level, Level::warn);
  EXPECT_FALSE(events[0].fields.contains("late"));
}

TEST(LateRequests, FactsOfNowAreNotThoseOfThen) {
  Recording recording;
  recording.facts.put(recording.facts.declare("", "cpu_share"), 0.97, recording.clock.wall());
  recording.record(ended_ago(recording, hours{7}));
  recording.record(ended_ago(recording, -hours{1}));  // a clock that jumps
  recording.record(ended_ago(recording, seconds{0}));
  const auto events = recording.events.take();
  ASSERT_EQ(events.size(), 3U);
  EXPECT_FALSE(events[0].fields["context"].contains("cpu_share"));
  EXPECT_FALSE(events[0].fields["context"].contains("sufferers"));
  EXPECT_EQ(events[0].fields["context"]["requests_10s"], 1) << "of its own ten seconds";
  EXPECT_FALSE(events[1].fields["context"].contains("cpu_share"));
  EXPECT_EQ(events[2].fields["context"]["cpu_share"], 0.97);
}

TEST(LateRequests, AllRoutesShareOneLimitAndTakeNothingFromTheLive) {
  Recording recording;
  for (int i = 0; i < 40; ++i) {
    recording.record(ended_ago(recording, hours{7}, i % 2 == 0 ? "/a" : "/b"));
  }
  EXPECT_EQ(recording.events.take().size(), 10U);
  recording.record(ended_ago(recording, seconds{0}));
  auto events = recording.events.take();
  ASSERT_EQ(events.size(), 1U) << "what happens now is told at once";
  EXPECT_EQ(events[0].level, Level::warn);
  EXPECT_FALSE(events[0].fields.contains("held_back"));

  recording.clock.advance(seconds{10});
  recording.recorder->tick();
  events = recording.events.take();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].name, "slow_requests_held_back");
  EXPECT_EQ(events[0].level, Level::info);
  EXPECT_EQ(events[0].fields.dump(), R"({"service":"shop","count":30,"late":true})");
}

}  // namespace
}  // namespace wayside
