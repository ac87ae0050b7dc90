#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/exporters/prometheus/http_client.h"
#include "tests/exporters/prometheus/http_world.h"
#include "tests/support/gunzip.h"

namespace wayside::test {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;

constexpr std::string_view kReload = "POST /-/reload HTTP/1.1\r\nHost: x\r\n";

TEST(HttpPages, MetricsIsTheWholePageInChunks) {
  World world(3);
  world.labels = R"(env="prod")";
  const std::string answer = get(world.port(), "/metrics");
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_EQ(field_of(answer, "Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_EQ(field_of(answer, "Transfer-Encoding"), "chunked");
  EXPECT_EQ(field_of(answer, "Connection"), "close");
  EXPECT_EQ(field_of(answer, "X-Content-Type-Options"), "nosniff");
  EXPECT_THAT(body_of(answer), HasSubstr("# TYPE things_total counter\n"));
  EXPECT_THAT(body_of(answer),
              HasSubstr("things_total{thing=\"a thing with a name of some length 2\","
                        "env=\"prod\"} 2\n"));
}

TEST(HttpPages, MetricsOfManyPiecesIsWhole) {
  World world(50'000);
  const std::string body = body_of(get(world.port(), "/metrics"));
  EXPECT_EQ(std::count(body.begin(), body.end(), '\n'), 50'002);
  EXPECT_TRUE(body.ends_with("49999\"} 49999\n"));
}

TEST(HttpPages, MetricsForHttp10EndsWithTheConnection) {
  World world(50'000);
  const std::string answer = round_trip(world.port(), "GET /metrics HTTP/1.0\r\n\r\n");
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_EQ(field_of(answer, "Transfer-Encoding"), "-");
  EXPECT_EQ(field_of(answer, "Connection"), "close");
  const std::string body = body_of(answer);
  EXPECT_EQ(std::count(body.begin(), body.end(), '\n'), 50'002);
}

std::string get_with(const World& world, const std::string& fields) {
  return round_trip(world.port(), "GET /metrics HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n");
}

TEST(HttpPages, MetricsAreCompressedOnceForWhoTakesIt) {
  World world(50'000);
  const std::string plain = body_of(get(world.port(), "/metrics"));
  const std::string answer = get_with(world, "Accept-Encoding: gzip, br\r\n");
  EXPECT_EQ(field_of(answer, "Content-Encoding"), "gzip");
  EXPECT_EQ(field_of(answer, "Vary"), "Accept, Accept-Encoding");
  EXPECT_EQ(support::gunzip(body_of(answer)), plain);
  EXPECT_LT(body_of(answer).size() * 5, plain.size());
}

TEST(HttpPages, MetricsArePlainForWhoRefusesOrDoesNotKnowGzip) {
  World world;
  for (const std::string fields :
       {"", "Accept-Encoding: br, deflate\r\n", "Accept-Encoding: gzip;q=0, *;q=0\r\n",
        "Accept-Encoding: identity\r\n"}) {
    const std::string answer = get_with(world, fields);
    EXPECT_EQ(field_of(answer, "Content-Encoding"), "-") << fields;
    EXPECT_THAT(body_of(answer), HasSubstr("things_total")) << fields;
  }
}

TEST(HttpPages, MetricsAreOpenMetricsForWhoPrefersIt) {
  World world;
  const std::string answer =
      get_with(world,
               "Accept: application/openmetrics-text;version=1.0.0,application/openmetrics-text;"
               "version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1\r\n");
  EXPECT_EQ(field_of(answer, "Content-Type"),
            "application/openmetrics-text; version=1.0.0; charset=utf-8");
  EXPECT_THAT(body_of(answer), HasSubstr("# TYPE things counter\n"));
  EXPECT_THAT(body_of(answer), HasSubstr("\nthings_total{"));
  EXPECT_TRUE(body_of(answer).ends_with("\n# EOF\n"));
}

TEST(HttpPages, ConstantLabelsFollowAReload) {
  World world;
  EXPECT_THAT(get(world.port(), "/metrics"), testing::Not(HasSubstr("env=")));
  {
    const std::lock_guard lock(world.mutex);
    world.labels = R"(env="test")";
  }
  EXPECT_THAT(get(world.port(), "/metrics"), HasSubstr(R"(env="test")"));
}

TEST(HttpPages, HealthHasTheShapeOfTheDesign) {
  World world;
  world.health = {.uptime = seconds(90),
                  .rss_bytes = 4096,
                  .services = {{"db", true, true}, {"cache \xff", false, false}}};
  const std::string answer = get(world.port(), "/health");
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_EQ(field_of(answer, "Content-Type"), "application/json");
  const auto json = nlohmann::json::parse(body_of(answer));
  EXPECT_EQ(json, nlohmann::json::parse(R"({"status": "healthy", "timestamp":
      "2023-11-14T22:13:20.000Z", "uptime": 90.0, "memory": {"rss_bytes": 4096},
      "services": {"db": "connected", "cache \ufffd": "disconnected"}})"));
}

TEST(HttpPages, HealthLeavesOutWhatCannotBeRead) {
  World world;
  EXPECT_THAT(get(world.port(), "/health"), HasSubstr(R"("memory":{},"services":{}})"));
}

TEST(HttpPages, HealthIs503UnlessHealthy) {
  for (const auto status : {Health::Status::degraded, Health::Status::unhealthy}) {
    World world;
    world.health.status = status;
    const std::string answer = get(world.port(), "/health");
    EXPECT_EQ(status_of(answer), 503);
    EXPECT_THAT(body_of(answer),
                HasSubstr("\"status\":\"" + std::string(to_string(status)) + "\""));
  }
}

TEST(HealthStatus, ACriticalServiceAwayIsUnhealthyAnotherDegraded) {
  using Status = Health::Status;
  const Health::Service up{"a", true, true};
  const Health::Service away{"b", false, false};
  const Health::Service lost{"c", false, true};
  EXPECT_EQ(Health::judge({}), Status::healthy);
  EXPECT_EQ(Health::judge(std::vector{up}), Status::healthy);
  EXPECT_EQ(Health::judge(std::vector{up, away}), Status::degraded);
  EXPECT_EQ(Health::judge(std::vector{away, lost}), Status::unhealthy);
}

TEST(HttpPages, ReadyWaitsForTheAgent) {
  World world;
  world.ready = false;
  EXPECT_EQ(status_of(get(world.port(), "/-/ready")), 503);
  EXPECT_EQ(status_of(get(world.port(), "/-/healthy")), 200);
  world.ready = true;
  EXPECT_EQ(status_of(get(world.port(), "/-/ready")), 200);
}

TEST(HttpPages, ReloadTellsWhyItFailed) {
  World world;
  std::string answer = round_trip(world.port(), std::string(kReload) + "\r\n");
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_EQ(world.reloads, 1);

  world.reload_error = "wayside.yaml:3:1: unknown key";
  answer = round_trip(world.port(), std::string(kReload) + "Content-Length: 0\r\n\r\n");
  EXPECT_EQ(status_of(answer), 500);
  EXPECT_EQ(body_of(answer), "wayside.yaml:3:1: unknown key\n");
  EXPECT_EQ(field_of(answer, "Content-Type"), "text/plain; charset=utf-8");
  EXPECT_EQ(world.reloads, 2);
}

TEST(HttpPages, ReloadTakesABodyAndDropsIt) {
  World world;
  const std::string sized = std::string(kReload) + "Content-Length: 5\r\n\r\nhello";
  EXPECT_EQ(status_of(round_trip(world.port(), sized)), 200);
  const std::string chunked =
      std::string(kReload) + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
  EXPECT_EQ(status_of(round_trip(world.port(), chunked)), 200);
  EXPECT_EQ(world.reloads, 2);
}

TEST(HttpPages, OneReloadAtATime) {
  World world;
  world.reload_ms = 300;
  Client first(world.port());
  first.send(std::string(kReload) + "\r\n");
  ASSERT_TRUE(eventually([&] { return world.reloads == 1; }));
  EXPECT_EQ(status_of(round_trip(world.port(), std::string(kReload) + "\r\n")), 503);
  EXPECT_EQ(status_of(first.read_all()), 200);
  EXPECT_EQ(world.reloads, 1);
}

TEST(HttpPages, IndexLinksToTheOthers) {
  World world;
  const std::string answer = get(world.port(), "/");
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_EQ(field_of(answer, "Content-Type"), "text/html; charset=utf-8");
  for (const char* path :
       {"/metrics", "/health", "/-/healthy", "/-/ready", "/api/clients", "/api/problems"}) {
    EXPECT_THAT(answer, HasSubstr("href=\"" + std::string(path) + "\""));
  }
}

TEST(HttpPages, HeadHasTheHeadersAndNoBody) {
  World world;
  for (const std::string path : {"/metrics", "/health", "/", "/-/ready", "/nothing"}) {
    const std::string answer =
        round_trip(world.port(), "HEAD " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(status_of(answer), path == "/nothing" ? 404 : 200) << path;
    EXPECT_TRUE(answer.ends_with("\r\n\r\n")) << answer;
    EXPECT_EQ(field_of(answer, "Accept-Ranges"), "-");
  }
}

TEST(HttpPages, ErrorsArePlainTextWithTheirLength) {
  World world;
  const std::string answer = get(world.port(), "/nothing");
  EXPECT_EQ(status_of(answer), 404);
  EXPECT_EQ(field_of(answer, "Content-Type"), "text/plain; charset=utf-8");
  EXPECT_EQ(field_of(answer, "Content-Length"), std::to_string(body_of(answer).size()));
  EXPECT_EQ(field_of(answer, "X-Content-Type-Options"), "nosniff");
}

TEST(HttpPages, WrongMethodsAre405WithAllow) {
  World world;
  const auto ask = [&](const std::string& method, const std::string& path) {
    return round_trip(world.port(), method + " " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
  };
  for (const char* method : {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"}) {
    const std::string answer = ask(method, "/metrics");
    EXPECT_EQ(status_of(answer), 405) << method;
    EXPECT_EQ(field_of(answer, "Allow"), "GET, HEAD") << method;
  }
  for (const char* method : {"GET", "HEAD", "PUT", "DELETE"}) {
    const std::string answer = ask(method, "/-/reload");
    EXPECT_EQ(status_of(answer), 405) << method;
    EXPECT_EQ(field_of(answer, "Allow"), "POST") << method;
  }
  EXPECT_EQ(world.reloads, 0);
}

TEST(HttpPages, OwnRequestsAreTold) {
  World world;
  get(world.port(), "/metrics?x=1");
  ASSERT_TRUE(eventually([&] { return world.requests.told().size() == 1; }));
  get(world.port(), "/no/such?page");
  ASSERT_TRUE(eventually([&] { return world.requests.told().size() == 2; }));
  round_trip(world.port(), "NONSENSE\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return world.requests.told().size() == 3; }));
  const auto told = world.requests.told();
  EXPECT_EQ(told[0].route, "/metrics");
  EXPECT_EQ(told[0].path, "/metrics?x=1");
  EXPECT_EQ(told[0].status, 200);
  EXPECT_EQ(told[0].method, Method::get);
  EXPECT_EQ(told[0].client, "127.0.0.1");
  EXPECT_GT(told[0].bytes, 200U);
  EXPECT_GE(told[0].total, Micros{0});
  EXPECT_LT(told[0].total, seconds(4));
  EXPECT_EQ(told[1].route, "");
  EXPECT_EQ(told[1].path, "/no/such?page");
  EXPECT_EQ(told[1].status, 404);
  EXPECT_EQ(told[2].status, 400);
  EXPECT_EQ(told[2].path, "");
}

TEST(HttpPages, AClientCannotClaimAnotherAddress) {
  World world;
  round_trip(world.port(),
             "GET /health HTTP/1.1\r\nHost: x\r\nREMOTE_ADDR: 6.6.6.6\r\n"
             "X-Forwarded-For: 6.6.6.6\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return world.requests.told().size() == 1; }));
  EXPECT_EQ(world.requests.told()[0].client, "127.0.0.1");
}

}  // namespace
}  // namespace wayside::test
