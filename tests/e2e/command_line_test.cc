// What a person meets on the command line: start-up, pages, signals, exit codes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

#include "tests/e2e/agent_process.h"
#include "tests/support/temp_dir.h"
#include "tests/support/wait.h"

namespace wayside::e2e {
namespace {

using support::run;
using testing::HasSubstr;

class CommandLine : public testing::Test {
 protected:
  testing::AssertionResult start() { return agent_.start({"run", "--listen", agent_.listen()}); }

  support::TempDir dir_;
  Agent agent_{dir_.path()};
};

TEST_F(CommandLine, WithoutAConfigItObservesItsOwnEndpoint) {
  ASSERT_TRUE(start());
  const auto before = agent_.page();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(agent_.get("/health").status, 200);
  EXPECT_EQ(agent_.get("/no/such/page").status, 404);
  const support::Labels health{{"service_name", "wayside"},
                               {"http_request_method", "GET"},
                               {"http_route", "/health"},
                               {"http_response_status_code", "200"}};
  EXPECT_TRUE(support::wait_until([&] {
    return agent_.page().sum("http_server_request_duration_seconds_count", health) == 5;
  }));
  const auto metrics = support::Labels{{"http_route", "/metrics"}};
  EXPECT_GE(agent_.page().sum("http_server_request_duration_seconds_count", metrics), 1);
}

TEST_F(CommandLine, StartUpTellsWhereTheEndpointIs) {
  ASSERT_TRUE(start());
  EXPECT_THAT(agent_.output(), HasSubstr("http://" + agent_.listen() + "/metrics"));
  EXPECT_THAT(agent_.output(), HasSubstr("--access-log")) << "how to point it at a log";
}

TEST_F(CommandLine, HealthHasTheShapeOfTheContract) {
  ASSERT_TRUE(start());
  const auto reply = agent_.get("/health");
  EXPECT_EQ(reply.status, 200);
  const auto health = nlohmann::json::parse(reply.body, nullptr, false);
  ASSERT_TRUE(health.is_object()) << reply.body;
  EXPECT_EQ(health.value("status", ""), "healthy");
  for (const char* key : {"timestamp", "uptime", "memory", "services"}) {
    EXPECT_TRUE(health.contains(key)) << key;
  }
  EXPECT_TRUE(health["services"].is_object());
  EXPECT_EQ(agent_.get("/-/healthy").status, 200);
  EXPECT_EQ(agent_.get("/-/ready").status, 200);
}

TEST_F(CommandLine, SignalsEndItCleanlyAndSoon) {
  for (const int signal : {SIGTERM, SIGINT}) {
    ASSERT_TRUE(start());
    const auto begun = std::chrono::steady_clock::now();
    agent_.signal(signal);
    EXPECT_EQ(agent_.stop(), 0) << agent_.output();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds{5});
  }
}

TEST_F(CommandLine, SecondAgentOnThePortFailsAndSaysWhy) {
  ASSERT_TRUE(start());
  const auto second = run({wayside_binary(), "run", "--listen", agent_.listen()});
  EXPECT_EQ(second.code, 1);
  EXPECT_THAT(second.errors, HasSubstr(agent_.listen()));
  EXPECT_THAT(second.errors, HasSubstr("in use"));
  EXPECT_EQ(agent_.get("/-/healthy").status, 200) << "the first one serves on";
}

TEST_F(CommandLine, ExitCodesTellUsageFromFailure) {
  const auto listen = "--listen=" + agent_.listen();
  const struct {
    std::vector<std::string> arguments;
    int code;
  } cases[] = {
      {{"--version"}, 0},
      {{"--help"}, 0},
      {{"run", "--no-such-option"}, 2},
      {{"walk"}, 2},
      {{"check"}, 2},
      {{"run", "--config", dir_ / "absent.yaml"}, 1},
      {{"run", "--listen", "nowhere at all"}, 2},
      {{"check", dir_ / "absent.yaml"}, 1},
  };
  for (const auto& c : cases) {
    auto words = c.arguments;
    words.insert(words.begin(), wayside_binary());
    const auto finished = run(words);
    EXPECT_EQ(finished.code, c.code) << c.arguments.back() << "\n" << finished.errors;
    EXPECT_NE(finished.output + finished.errors, "") << c.arguments.back();
  }
}

TEST_F(CommandLine, EveryWrongKeyIsToldWithItsPlace) {
  const auto file = dir_.file("bad.yaml",
                              "service: api\n"
                              "servise: api\n"
                              "requests:\n"
                              "  slow_after: 1000\n");
  for (const auto& words : {std::vector<std::string>{wayside_binary(), "check", file},
                            std::vector<std::string>{wayside_binary(), "run", "--config", file}}) {
    const auto finished = run(words);
    EXPECT_EQ(finished.code, 1);
    EXPECT_THAT(finished.errors, HasSubstr(file.string() + ":2:1:"));
    EXPECT_THAT(finished.errors, HasSubstr("service")) << "the nearest known key";
    EXPECT_THAT(finished.errors, HasSubstr(file.string() + ":4:")) << "not only the first";
  }
}

TEST_F(CommandLine, TwoSourcesThatCountOneServiceAreRefusedAndBothNamed) {
  const auto file = dir_.file("twice.yaml",
                              "service: shop\n"
                              "collectors:\n"
                              "  access_log:\n"
                              "    - {path: /var/log/nginx/access.log}\n"
                              "    - {path: /srv/app.log}\n");
  for (const auto& words : {std::vector<std::string>{wayside_binary(), "check", file},
                            std::vector<std::string>{wayside_binary(), "run", "--config", file}}) {
    const auto finished = run(words);
    EXPECT_EQ(finished.code, 1);
    EXPECT_THAT(finished.errors, HasSubstr(file.string() + ":5:7:"));
    EXPECT_THAT(finished.errors, HasSubstr(file.string() + ":4:7:"));
    EXPECT_THAT(finished.errors, HasSubstr("/var/log/nginx/access.log"));
    EXPECT_THAT(finished.errors, HasSubstr("/srv/app.log"));
    EXPECT_THAT(finished.errors, HasSubstr("count: false"));
  }
}

TEST_F(CommandLine, CheckTriesTheLog) {
  const auto log = dir_.file("access.log",
                             "127.0.0.1 - - [23/Nov/2026:22:31:31 +0000] \"GET / HTTP/1.1\" 200 5 "
                             "\"-\" \"curl\"\n");
  agent_.configure("collectors:\n  access_log: [{path: " + log.string() + "}]\n");
  const auto good = run({wayside_binary(), "check", agent_.config_file()});
  EXPECT_EQ(good.code, 0) << good.output << good.errors;
  EXPECT_THAT(good.output, HasSubstr("access.log"));
}

TEST_F(CommandLine, CheckTriesWhereItWouldWrite) {
  const auto file = dir_.file("files.yaml",
                              "log: {file: /no/such/wayside.log}\n"
                              "exporters:\n"
                              "  events: {file: /no/such/events.log}\n");
  const auto finished = run({wayside_binary(), "check", file});
  EXPECT_EQ(finished.code, 1);
  EXPECT_THAT(finished.output, HasSubstr("FAILED log: cannot open /no/such/wayside.log"));
  EXPECT_THAT(finished.output, HasSubstr("FAILED exporters.events: cannot open /no/such/events"));
}

}  // namespace
}  // namespace wayside::e2e
