// The pages for programs: whom services serve badly, and which lines cannot be read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/exporters/prometheus/http_client.h"
#include "tests/exporters/prometheus/http_world.h"

namespace wayside::test {
namespace {

using nlohmann::json;

SuffererReport report_of(const World& world) {
  return {.since = world.clock.wall() - std::chrono::minutes{5},
          .until = world.clock.wall(),
          .troubled = {{.name = "192.0.2.7",
                        .is_client = true,
                        .requests = 9,
                        .at_least = 7,
                        .slow = 3,
                        .failed = 4}},
          .limited = {{.name = "tenant \xff", .requests = 2, .at_least = 2}}};
}

TEST(HttpApi, ClientsAreToldByService) {
  World world;
  world.boards.clients.put("shop", report_of(world));
  world.boards.clients.put("a b&c", {});
  const std::string answer = get(world.port(), "/api/clients?service=shop");
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_EQ(field_of(answer, "Content-Type"), "application/json");
  EXPECT_EQ(json::parse(body_of(answer)), json::parse(R"({"services": [{"service": "shop",
      "since": "2023-11-14T22:08:20.000Z", "until": "2023-11-14T22:13:20.000Z",
      "troubled": [{"client": "192.0.2.7", "requests": 9, "at_least": 7, "slow": 3, "failed": 4}],
      "limited": [{"who": "tenant \ufffd", "requests": 2}]}]})"));
  EXPECT_EQ(json::parse(body_of(get(world.port(), "/api/clients")))["services"].size(), 2U);
  const auto named = json::parse(body_of(get(world.port(), "/api/clients?service=a%20b%26c")));
  EXPECT_EQ(named["services"].at(0)["service"], "a b&c");
}

TEST(HttpApi, WhatNobodyKnowsIsAnEmptyList) {
  World world;
  for (const char* query : {"", "?service=", "?service=none", "?service=%ff%00&service=x", "?x=1",
                            "?service", "?&&&="}) {
    const std::string answer = get(world.port(), "/api/clients" + std::string(query));
    EXPECT_EQ(status_of(answer), 200) << query;
    EXPECT_EQ(body_of(answer), "{\"services\":[]}\n") << query;
  }
}

TEST(HttpApi, ProblemsAreToldBySource) {
  World world;
  world.boards.problems.tell({"access_log", "/a.log", "no_match"}, 3, world.clock.wall(), "/a.log",
                             "rub\"bish\x01");
  const auto all = json::parse(body_of(get(world.port(), "/api/problems")));
  ASSERT_EQ(all["problems"].size(), 1U);
  EXPECT_EQ(all["problems"][0]["count"], 3);
  EXPECT_EQ(all["problems"][0]["example"], "rub\"bish\x01");
  EXPECT_EQ(body_of(get(world.port(), "/api/problems?source=/b.log")), "{\"problems\":[]}\n");
  EXPECT_NE(body_of(get(world.port(), "/api/problems?source=/a.log")), "{\"problems\":[]}\n");
}

TEST(HttpApi, OnlyReadingIsAllowed) {
  World world;
  for (const std::string path : {"/api/clients", "/api/problems"}) {
    const std::string answer = round_trip(
        world.port(), "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(status_of(answer), 405);
    EXPECT_EQ(field_of(answer, "Allow"), "GET, HEAD");
  }
}

}  // namespace
}  // namespace wayside::test
