// A config is exchanged while the agent runs, and nothing is lost by it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <thread>

#include "tests/e2e/stand.h"
#include "tests/support/wait.h"

namespace wayside::e2e {
namespace {

using testing::HasSubstr;

constexpr auto kSuccess = "wayside_config_last_reload_successful";

class Reload : public testing::Test {
 protected:
  void SetUp() override {
    agent_.configure("service: api\n");
    ASSERT_TRUE(agent_.start());
    EXPECT_EQ(agent_.page().sum(kSuccess), 1);
  }
  [[nodiscard]] bool comes_to(double success) const {
    return support::wait_until([&] { return agent_.page().sum(kSuccess) == success; });
  }

  support::TempDir dir_;
  Agent agent_{dir_.path()};
};

TEST_F(Reload, WrongConfigIsRefusedWithItsReason) {
  agent_.configure("service: api\nserivce: other\n");
  const auto reply = support::http_post(agent_.port(), "/-/reload");
  EXPECT_GE(reply.status, 400);
  EXPECT_THAT(reply.body, HasSubstr("wayside.yaml:2:1:"));
  EXPECT_TRUE(comes_to(0));
  agent_.configure("service: api\n");
  EXPECT_EQ(support::http_post(agent_.port(), "/-/reload").status, 200);
  EXPECT_TRUE(comes_to(1));
}

TEST_F(Reload, ASecondSourceThatCountsIsRefused) {
  agent_.configure("service: api\ncollectors:\n  access_log: [{path: /a}, {path: /b}]\n");
  const auto reply = support::http_post(agent_.port(), "/-/reload");
  EXPECT_GE(reply.status, 400);
  EXPECT_THAT(reply.body, HasSubstr("wayside.yaml:3:28:"));
  EXPECT_THAT(reply.body, HasSubstr("wayside.yaml:3:16:"));
}

TEST_F(Reload, SignalDoesTheSame) {
  agent_.configure("no_such_key: 1\n");
  agent_.signal(SIGHUP);
  EXPECT_TRUE(comes_to(0));
  EXPECT_THAT(agent_.output(), HasSubstr("wayside.yaml:1:1:"));
  agent_.configure("labels: {env: prod}\n");
  agent_.signal(SIGHUP);
  EXPECT_TRUE(comes_to(1));
  EXPECT_FALSE(agent_.page().find(kSuccess, {{"env", "prod"}}).empty()) << "the new one holds";
}

TEST_F(Reload, WrongConfigLeavesTheOldOneInUse) {
  agent_.configure("labels: {env: prod}\n");
  EXPECT_EQ(support::http_post(agent_.port(), "/-/reload").status, 200);
  agent_.configure("labels: {env: stage}\nwrong: 1\n");
  EXPECT_GE(support::http_post(agent_.port(), "/-/reload").status, 400);
  EXPECT_FALSE(agent_.page().find(kSuccess, {{"env", "prod"}}).empty());
  EXPECT_TRUE(agent_.page().find(kSuccess, {{"env", "stage"}}).empty());
}

TEST_F(Reload, OnlyPostReloads) {
  EXPECT_EQ(agent_.get("/-/reload").status, 405);
}

TEST(ReloadUnderLoad, CountsStayExact) {
  Stand stand;
  ASSERT_TRUE(stand.start());
  ASSERT_TRUE(stand.warm_up());
  const auto requests = plan(1500);
  const auto collector = access_log_collector(stand.nginx.log());
  std::atomic<bool> done{false};
  int reloads = 0;
  std::thread reloader([&] {
    while (!done) {
      const bool right = ++reloads % 3 != 0;
      const auto seconds = std::to_string(reloads) + "s";
      stand.agent.configure("service: college-api\nrequests: {slow_after: " + seconds + "}\n" +
                            collector + (right ? "" : "wrong: 1\n"));
      const auto reply = support::http_post(stand.agent.port(), "/-/reload");
      EXPECT_EQ(reply.status == 200, right) << reply.body << reply.error;
      std::this_thread::sleep_for(std::chrono::milliseconds{50});
    }
  });
  EXPECT_EQ(send(stand.nginx.port(), requests, 8), 0U);
  done = true;
  reloader.join();
  EXPECT_GT(reloads, 10);
  expect_prometheus_agrees(stand, stand.truth(requests.size() + 2));
}

}  // namespace
}  // namespace wayside::e2e
