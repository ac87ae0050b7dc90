// What a service of Express logs is what the agent counts: morgan, winston and pino.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/log_pair.h"

namespace wayside::e2e {
namespace {

using testing::HasSubstr;

// Express, where npm can be had.
class Express : public testing::Test {
 protected:
  void SetUp() override {
    std::string why;
    const auto state = prepare_node(why);
    if (state == NodeState::no_npm) GTEST_SKIP() << why;
    ASSERT_EQ(state, NodeState::ready) << why;
  }
  static constexpr double kGreetings = 1;  // "Server listening …"
  LogPair pair_;
};

TEST_F(Express, MorgansDevIsToldAndCountsWhatWasSent) {
  ASSERT_TRUE(pair_.writer.start_express("dev"));
  expect_agreement(pair_, "auto", kTimed, kGreetings);
  EXPECT_THAT(pair_.agent.output(), HasSubstr("recognised as morgan:dev"));
}

TEST_F(Express, AMorganFormatGivenVerbatimCountsWhatWasSent) {
  const std::string format =
      ":date[iso] :remote-addr \":method :url\" :status :total-time[3] ms :req[user-agent]";
  ASSERT_TRUE(pair_.writer.start_express(format));
  expect_agreement(pair_, format, kTimed, kGreetings);
}

// Slow requests have a second line, and count once.
TEST_F(Express, WinstonsLinesAreToldAndCountWhatWasSent) {
  ASSERT_TRUE(pair_.writer.start_express("winston"));
  expect_agreement(pair_, "auto", kTimed, kGreetings);
  EXPECT_THAT(pair_.agent.output(), HasSubstr("recognised as JSON lines as winston"));
}

TEST_F(Express, PinosLinesAreToldAndCountWhatWasSent) {
  ASSERT_TRUE(pair_.writer.start_express("pino"));
  expect_agreement(pair_, "auto", kTimed, kGreetings);
  EXPECT_THAT(pair_.agent.output(), HasSubstr("recognised as JSON lines as pino"));
}

}  // namespace
}  // namespace wayside::e2e
