// Who is let in over plain HTTP, and what those are told who are not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/exporters/prometheus/http_client.h"
#include "tests/exporters/prometheus/http_world.h"
#include "tests/exporters/prometheus/passwords.h"

namespace wayside::test {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kToken = "0123456789abcdef";

PrometheusConfig guarded(std::string_view hash = kCheapHash) {
  return {.listen = "127.0.0.1:0",
          .auth = AuthConfig{.users = {{"prom", std::string(hash)}},
                             .bearer_tokens = {kToken},
                             .open_paths = {"/-/healthy"}}};
}

std::string ask(const World& world, const std::string& path, const std::string& authorization,
                const std::string& method = "GET") {
  return round_trip(world.port(), method + " " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: " +
                                      authorization + "\r\n\r\n");
}

double failures(const World& world, const std::string& reason) {
  return world.counted("wayside_http_auth_failures_total", reason);
}

TEST(HttpAuth, WhoShowsWhoTheyAreIsLetIn) {
  World world(3, {}, guarded());
  for (const std::string& authorization : {basic("prom", "secret"), "Bearer " + kToken}) {
    const std::string answer = ask(world, "/metrics", authorization);
    EXPECT_EQ(status_of(answer), 200);
    EXPECT_THAT(body_of(answer), HasSubstr("things_total{"));
    EXPECT_EQ(status_of(ask(world, "/-/reload", authorization, "POST")), 200);
  }
  EXPECT_EQ(world.reloads, 2);
  EXPECT_EQ(failures(world, ""), 0);
}

TEST(HttpAuth, OthersLearnNothingNotEvenWhichPagesThereAre) {
  World world(3, {}, guarded());
  for (const char* path : {"/", "/metrics", "/health", "/-/ready", "/api/clients", "/nothing",
                           "/-/healthy/", "/%2d/healthy/../../metrics", "//-/healthy"}) {
    const std::string answer = get(world.port(), path);
    EXPECT_EQ(status_of(answer), 401) << path;
    EXPECT_EQ(body_of(answer), "Unauthorized\n");
    EXPECT_EQ(field_of(answer, "WWW-Authenticate"), R"(Basic realm="wayside", charset="UTF-8")");
    EXPECT_THAT(answer, HasSubstr("WWW-Authenticate: Bearer realm=\"wayside\"\r\n"));
  }
  EXPECT_EQ(failures(world, "missing"), 9);
}

TEST(HttpAuth, ReloadIsForThoseLetIn) {
  World world(3, {}, guarded());
  EXPECT_EQ(status_of(ask(world, "/-/reload", basic("prom", "wrong"), "POST")), 401);
  EXPECT_EQ(status_of(round_trip(world.port(),
                                 "POST /-/reload HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n"
                                 "hello")),
            401);
  EXPECT_EQ(world.reloads, 0);
}

TEST(HttpAuth, OpenPathsAskNobodyHoweverTheyAreSpelt) {
  World world(3, {}, guarded());
  for (const char* path : {"/-/healthy", "/-/healthy?x=/metrics", "/%2d/healthy"}) {
    EXPECT_EQ(status_of(get(world.port(), path)), 200) << path;
  }
  EXPECT_EQ(status_of(ask(world, "/-/healthy", basic("prom", "wrong"))), 200);
  EXPECT_EQ(failures(world, ""), 0);
}

TEST(HttpAuth, TwoAuthorizationLinesAreRefused) {
  World world(3, {}, guarded());
  const std::string line = "Authorization: Bearer " + kToken + "\r\n";
  EXPECT_EQ(status_of(round_trip(world.port(),
                                 "GET /metrics HTTP/1.1\r\nHost: x\r\n" + line + line + "\r\n")),
            400);
}

TEST(HttpAuth, AClientThatGuessesIsMadeToWait) {
  World world(3, {}, guarded());
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(status_of(ask(world, "/metrics", basic("prom", "guess" + std::to_string(i)))), 401);
  }
  const std::string answer = ask(world, "/metrics", basic("prom", "secret"));
  EXPECT_EQ(status_of(answer), 429);
  EXPECT_EQ(body_of(answer), "Too Many Requests\n");
  EXPECT_THAT(field_of(answer, "Retry-After"), testing::MatchesRegex("[1-6]"));
  EXPECT_EQ(status_of(get(world.port(), "/-/healthy")), 200) << "which asks nobody";
  EXPECT_EQ(failures(world, "wrong"), 10);
  EXPECT_EQ(failures(world, "limited"), 1);
  EXPECT_THAT(world.log.lines(), HasSubstr("warn: http: 127.0.0.1 failed to authenticate"));
  EXPECT_THAT(world.log.lines(), Not(HasSubstr("guess"))) << "a secret may be misspelt";
  EXPECT_THAT(world.log.lines(), Not(HasSubstr("prom")));
}

TEST(HttpAuth, GuessesTakeNoWorkerFromAScrape) {
  World world(3, {}, guarded(kDearHash));
  ASSERT_EQ(status_of(ask(world, "/metrics", basic("prom", "secret"))), 200);
  std::vector<Client> guessers;
  for (int i = 0; i < 9; ++i) {
    guessers.emplace_back(world.port());
    guessers.back().send("GET /metrics HTTP/1.1\r\nHost: x\r\nAuthorization: " +
                         basic("prom", std::to_string(i)) + "\r\n\r\n");
  }
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_EQ(status_of(ask(world, "/metrics", "Bearer " + kToken)), 200);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds{1});
  for (Client& guesser : guessers) {
    const std::string answer = guesser.read_all();
    EXPECT_THAT(status_of(answer), testing::AnyOf(401, 503));
    EXPECT_EQ(field_of(answer, "Retry-After"), status_of(answer) == 503 ? "1" : "-");
  }
}

TEST(HttpAuth, OwnRequestsAreToldWithoutTheirCredentials) {
  World world(3, {}, guarded());
  ask(world, "/metrics", "Bearer " + kToken + "x");
  ASSERT_TRUE(eventually([&] { return world.requests.told().size() == 1; }));
  EXPECT_EQ(world.requests.told()[0].status, 401);
  EXPECT_EQ(world.requests.told()[0].route, "/metrics");
}

TEST(HttpAuth, OtherUsersHoldFromTheMomentTheyAreTakenOver) {
  World world(3, {}, guarded());
  PrometheusConfig next = guarded();
  next.auth->bearer_tokens = {"fedcba9876543210"};
  const auto go_over = world.endpoint->prepare(next);
  ASSERT_TRUE(go_over.ok());
  EXPECT_EQ(status_of(ask(world, "/metrics", "Bearer " + kToken)), 200) << "not yet";
  (*go_over)();
  EXPECT_EQ(status_of(ask(world, "/metrics", "Bearer " + kToken)), 401);
  EXPECT_EQ(status_of(ask(world, "/metrics", "Bearer fedcba9876543210")), 200);
  next.auth.reset();
  (*world.endpoint->prepare(next))();
  EXPECT_EQ(status_of(get(world.port(), "/metrics")), 200);
}

TEST(HttpAuth, AnAddressOthersReachWithoutItIsWarnedOfOnce) {
  World open(3, {}, {.listen = "0.0.0.0:0"});
  EXPECT_TRUE(open.endpoint->is_exposed());
  EXPECT_THAT(open.log.lines(), HasSubstr("warn: http: 0.0.0.0:"));
  EXPECT_THAT(open.log.lines(), HasSubstr("asks nobody"));
  (*open.endpoint->prepare({.listen = "0.0.0.0:0"}))();
  const std::string lines = open.log.lines();
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 1);

  World local;
  EXPECT_FALSE(local.endpoint->is_exposed());
  EXPECT_EQ(local.log.lines(), "");
}

TEST(HttpAuth, SecretsThatComeInTheClearAreWarnedOf) {
  World clear(3, {}, {.listen = "0.0.0.0:0", .auth = guarded().auth});
  EXPECT_FALSE(clear.endpoint->is_exposed()) << "not everyone is let in";
  EXPECT_THAT(clear.log.lines(), HasSubstr("passwords and tokens come to it in the clear"));
  World local(3, {}, {.listen = "127.0.0.1:0", .auth = guarded().auth});
  EXPECT_EQ(local.log.lines(), "");
}

}  // namespace
}  // namespace wayside::test
