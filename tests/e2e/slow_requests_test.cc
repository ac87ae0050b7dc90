// The slow requests, and only they, are in the event log.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/e2e/stand.h"
#include "tests/support/wait.h"

namespace wayside::e2e {
namespace {

using nlohmann::json;

// Every route has a threshold of 300 ms, the report one of 600.
constexpr auto kRules = R"({slow_after: 300ms, slow_after_by_route: {"/api/report": 600ms}})";

int threshold(const Truth& t) {
  return t.route == "/api/report" ? 600 : 300;
}

std::vector<Planned> some_slow() {
  std::vector<Planned> requests;
  for (int i = 0; i < 8; ++i) {
    const auto id = std::to_string(100 + i);
    requests.push_back(
        {"GET", "/api/students/" + id + "?ms=400&token=s3cret", "/api/students/:id"});
    requests.push_back({"GET", "/api/students/" + id + "?ms=100", "/api/students/:id"});
    requests.push_back({"PUT", "/api/students/" + id, "/api/students/:id"});
    requests.push_back(
        {"GET", "/api/report?ms=" + std::to_string(i < 3 ? 700 : 450), "/api/report"});
  }
  requests.push_back({"GET", "/api/unsteady/7?ms=200&status=200", "/api/unsteady/:id"});
  requests.push_back({"GET", "/api/unsteady/8?ms=200&status=200", "/api/unsteady/:id"});
  requests.push_back({"POST", "/api/students?ms=350&status=500", "/api/students", 500});
  return requests;
}

json upstreams(const Truth& t) {
  json all = json::array();
  for (const auto& attempt : t.attempts) {
    all.push_back({{"address", attempt.address + ":" + attempt.port},
                   {"status", std::stoi(attempt.status)},
                   {"duration", attempt.ms / 1000.0}});
  }
  return all;
}

void expect_tells(const json& event, const Truth& t) {
  EXPECT_EQ(event["level"], "warn");
  EXPECT_EQ(event["service"], "college-api");
  EXPECT_EQ(event["method"], t.method);
  EXPECT_EQ(event["route"], t.route);
  EXPECT_EQ(event["path"], t.path) << "without its query";
  EXPECT_EQ(event["status"], std::stoi(t.status));
  EXPECT_DOUBLE_EQ(event["duration"].get<double>(), t.ms / 1000.0);
  EXPECT_DOUBLE_EQ(event["threshold"].get<double>(), threshold(t) / 1000.0);
  EXPECT_EQ(event["upstreams"], upstreams(t));
  EXPECT_EQ(event["client"], "127.0.0.1");
}

// What is known of the moment. Other requests of the route were there, so all four are known.
void expect_context(const json& event) {
  const auto& context = event["context"];
  ASSERT_TRUE(context.is_object()) << event;
  EXPECT_GE(context.value("requests_10s", -1.0), 1) << event;
  EXPECT_GE(context.value("error_share_10s", -1.0), 0) << event;
  EXPECT_LE(context.value("error_share_10s", 2.0), 1) << event;
  EXPECT_GT(context.value("p50_10s", -1.0), 0) << event;
  EXPECT_GE(context.value("p99_10s", -1.0), context.value("p50_10s", 0.0)) << event;
}

TEST(SlowRequests, TheyAndOnlyTheyAreInTheEventLog) {
  Stand stand;
  ASSERT_TRUE(stand.start("access.log", kRules, false));
  const auto requests = some_slow();
  EXPECT_EQ(send(stand.nginx.port(), requests, 4), 0U);
  std::map<std::string, Truth> slow;
  for (const auto& t : stand.truth(requests.size() + 1)) {
    if (t.ms > threshold(t)) slow.emplace(t.request_id, t);
  }
  EXPECT_GE(slow.size(), 14U);
  EXPECT_TRUE(support::wait_until(
      [&] { return stand.agent.events("slow_request").size() >= slow.size(); }));
  EXPECT_EQ(stand.agent.stop(), 0);
  const auto events = stand.agent.events("slow_request");
  EXPECT_EQ(events.size(), slow.size());
  std::set<std::string> told;
  for (const auto& event : events) {
    const auto id = event.value("request_id", "");
    EXPECT_TRUE(told.insert(id).second) << "told twice: " << event;
    ASSERT_TRUE(slow.contains(id)) << "not slow: " << event;
    expect_tells(event, slow.at(id));
    expect_context(event);
  }
  EXPECT_THAT(support::read_file(stand.dir / "events.jsonl"),
              testing::Not(testing::HasSubstr("s3cret")));
}

// How many slow requests a log tells of: its lines, and those it says were held back.
std::size_t told_of(const Agent& agent) {
  std::size_t told = 0;
  for (const auto& event : agent.events("slow_request")) {
    told += 1 + event.value("held_back", std::size_t{0});
  }
  for (const auto& event : agent.events("slow_requests_held_back")) {
    told += event.value("count", std::size_t{0});
  }
  return told;
}

TEST(SlowRequests, StormIsHeldBackAndCounted) {
  constexpr std::size_t kStorm = 200;
  Stand stand;
  ASSERT_TRUE(stand.start("access.log", "{slow_after: 20ms}", false));
  const std::vector<Planned> storm(kStorm, {"GET", "/api/students/7?ms=60", "/api/students/:id"});
  EXPECT_EQ(send(stand.nginx.port(), storm, 16), 0U);
  ASSERT_EQ(stand.truth(kStorm + 1).size(), kStorm + 1);
  const std::string kCount = "http_server_request_duration_seconds_count";
  EXPECT_TRUE(support::wait_until([&] { return stand.agent.page().sum(kCount) == kStorm + 1; }));
  EXPECT_EQ(stand.agent.stop(), 0);
  EXPECT_LT(stand.agent.events("slow_request").size(), kStorm / 4);
  EXPECT_EQ(told_of(stand.agent), kStorm) << "the last lines tell of the rest";
}

}  // namespace
}  // namespace wayside::e2e
