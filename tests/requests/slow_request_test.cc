// Slow requests as the event log tells of them.
#include <gmock/gmock.h>

#include "agent/core/labels.h"
#include "tests/requests/recording.h"

namespace wayside {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;

const std::string kSlowA = "service_name=\"shop\",http_route=\"/a\"";

std::vector<std::string> keys_of(const nlohmann::ordered_json& object) {
  std::vector<std::string> keys;
  for (const auto& item : object.items()) keys.push_back(item.key());
  return keys;
}

TEST(SlowRequests, OnlyThoseOverTheThresholdAreTold) {
  Recording recording;
  recording.get("/a", 1'000);
  EXPECT_TRUE(recording.events.take().empty());
  recording.get("/a", 1'001);
  const auto events = recording.events.take();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].name, "slow_request");
  EXPECT_EQ(events[0].level, Level::warn);
  EXPECT_EQ(events[0].at, recording.clock.wall());
  EXPECT_EQ(recording.series("wayside_slow_requests_total").at(kSlowA), 1U);
}

TEST(SlowRequests, EverythingKnownIsToldInOrder) {
  Recording recording;
  recording.facts.put(recording.facts.declare("", "cpu_share"), 0.5, recording.clock.wall());
  const std::vector<Attempt> attempts = {{"10.0.0.1:80", 504, Micros{3'000'000}},
                                         {"10.0.0.2:80", 0, kNoDuration}};
  Request request = recording.request("/api/report/7?token=x", 3'200, 504);
  request.attempts = attempts;
  request.cache_status = "MISS";
  request.client = "192.0.2.7";
  request.request_id = "req-1";
  request.trace_id = "4bf92f35";
  recording.record(request);
  const auto events = recording.events.take();
  ASSERT_EQ(events.size(), 1U);
  const auto& fields = events[0].fields;
  EXPECT_THAT(keys_of(fields),
              ElementsAre("service", "method", "route", "path", "status", "duration", "threshold",
                          "upstreams", "cache", "client", "request_id", "trace_id", "context"));
  EXPECT_EQ(fields["route"], "/api/report/:id");
  EXPECT_EQ(fields["path"], "/api/report/7");
  EXPECT_EQ(fields["duration"], 3.2);
  EXPECT_EQ(fields["threshold"], 1.0);
  EXPECT_EQ(fields["upstreams"].dump(),
            R"([{"address":"10.0.0.1:80","status":504,"duration":3.0},{"address":"10.0.0.2:80"}])");
  EXPECT_THAT(keys_of(fields["context"]),
              ElementsAre("requests_10s", "error_share_10s", "p50_10s", "p99_10s", "cpu_share"));
  EXPECT_EQ(fields["context"]["requests_10s"], 1);
  EXPECT_EQ(fields["context"]["error_share_10s"], 1.0);
  EXPECT_EQ(events[0].message, "Slow request: GET /api/report/7 took 3.2 s (threshold 1 s)");
}

TEST(SlowRequests, WhatIsNotStatedIsLeftOut) {
  Recording recording;
  Request request = recording.request("", 1'500, 0);
  request.ended = kNoTime;
  recording.record(request);
  const auto events = recording.events.take();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_THAT(keys_of(events[0].fields),
              ElementsAre("service", "method", "duration", "threshold", "context"));
  EXPECT_EQ(events[0].at, recording.clock.wall());
  EXPECT_EQ(events[0].message, "Slow request: GET took 1.5 s (threshold 1 s)");
}

TEST(SlowRequests, ThresholdsFollowTheRoute) {
  RequestRules rules;
  rules.slow_after_by_route = {{"/api/report/:id", Micros{3'000'000}}, {"/fast", Micros{1'000}}};
  Recording recording(rules);
  recording.get("/api/report/7", 3'000);
  recording.get("/fast", 1);
  EXPECT_TRUE(recording.events.take().empty());
  recording.get("/api/report/7", 3'001);
  recording.get("/fast", 2);
  EXPECT_EQ(recording.events.take().size(), 2U);
}

TEST(SlowRequests, AStormIsHeldBackAndCountedInTheNextLine) {
  Recording recording;
  for (int i = 0; i < 15; ++i) recording.get("/a", 2'000);
  recording.get("/b", 2'000);
  auto events = recording.events.take();
  ASSERT_EQ(events.size(), 11U);
  for (const Event& event : events) EXPECT_FALSE(event.fields.contains("held_back"));
  recording.clock.advance(seconds{1});
  recording.get("/a", 2'000);
  events = recording.events.take();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].fields["held_back"], 5);
  EXPECT_EQ(recording.series("wayside_slow_requests_total").at(kSlowA), 16U);
}

TEST(SlowRequests, WhatNoLineFollowsIsToldAfterTenSeconds) {
  Recording recording;
  for (int i = 0; i < 13; ++i) recording.get("/a", 2'000);
  (void)recording.events.take();
  recording.clock.advance(milliseconds{9'900});
  recording.recorder->tick();
  EXPECT_TRUE(recording.events.take().empty());
  recording.clock.advance(milliseconds{100});
  recording.recorder->tick();
  const auto events = recording.events.take();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].name, "slow_requests_held_back");
  EXPECT_EQ(events[0].fields.dump(), R"({"service":"shop","route":"/a","count":3})");
  recording.recorder->tick();
  EXPECT_TRUE(recording.events.take().empty());
}

TEST(SlowRequests, WhatIsHeldBackAtTheEndIsTold) {
  Recording recording;
  for (int i = 0; i < 12; ++i) recording.get("/a", 2'000);
  (void)recording.events.take();
  recording.recorder.reset();
  const auto events = recording.events.take();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].fields["count"], 2);
}

TEST(SlowRequests, TheServicesFactsDoNotHideTheRoutes) {
  Recording recording;
  for (int i = 0; i < 4; ++i) recording.get("/other");
  recording.recorder->tick();
  recording.get("/a", 2'000);
  const auto events = recording.events.take();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].fields["context"]["requests_10s"], 1);
  EXPECT_EQ(events[0].fields["context"]["service_requests_10s"], 4);
}

TEST(SlowRequests, QuantilesAreThoseOfTheRoute) {
  Recording recording;
  for (int i = 0; i < 99; ++i) recording.get("/a", 80);
  recording.get("/b", 9'000);
  (void)recording.events.take();
  recording.get("/a", 2'000);
  const auto context = recording.events.take().at(0).fields["context"];
  EXPECT_NEAR(context["p50_10s"].get<double>(), 0.075, 0.001);
  EXPECT_NEAR(context["p99_10s"].get<double>(), 0.1, 0.001);
}

TEST(SlowRequests, RoutesWithoutAPlaceStillHaveTheirThreshold) {
  RequestRules rules;
  rules.max_series = 10;
  rules.slow_after_by_route = {{"/zz", Micros{1'000}}};
  Recording recording(rules);
  for (char c = 'a'; c <= 'k'; ++c) recording.get(std::string("/") + c);
  recording.get("/zz", 2);
  recording.get("/zy", 2);
  const auto events = recording.events.take();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].fields["route"], "/zz");
}

TEST(SlowRequests, HostileTextIsMendedAndBounded) {
  Recording recording;
  const std::string junk = "\xff\xc3(\x01" + std::string(5'000, '\xe2');
  const std::string path = "/" + junk;
  const Attempt attempt{junk, 200, Micros{1}};
  Request request = recording.request(path, 2'000);
  request.attempts = {&attempt, 1};
  request.client = request.request_id = request.trace_id = request.cache_status = junk;
  recording.record(request);
  const auto events = recording.events.take();
  ASSERT_EQ(events.size(), 1U);
  const std::string text = events[0].fields.dump();  // throws on invalid UTF-8
  EXPECT_LT(text.size(), 8'000U);
  EXPECT_TRUE(is_utf8(events[0].message));
}

}  // namespace
}  // namespace wayside
