#include "agent/requests/rules.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace wayside {
namespace {

struct Read {
  RequestRules rules;
  std::vector<std::string> problems;
};

Read read(std::string_view text) {
  Read read;
  ConfigContext context;
  context.file = "wayside.yaml";
  read_config(text, context, [&read](ConfigMap& map) { read.rules = read_request_rules(map); });
  for (const ConfigProblem& problem : context.problems) read.problems.push_back(problem.text());
  return read;
}

TEST(RequestRules, AreReadInFull) {
  const Read got = read(R"(
slow_after: 500ms
slow_after_by_route: {"/api/report": 3s}
buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 0.5, 1, 2.5, 5, 10]
routes: ["/api/students/:id"]
ignore: ["/health", "/static/*", "*.png", health, static]
ignore_bots: true
who: {anonymize: true}
latency: upstream
redact: ["token=[^&]*"]
show_query: true
max_series: 100
)");
  EXPECT_TRUE(got.problems.empty()) << got.problems.front();
  EXPECT_EQ(got.rules.slow_after, Micros{500'000});
  ASSERT_EQ(got.rules.slow_after_by_route.size(), 1U);
  EXPECT_EQ(got.rules.slow_after_by_route[0].second, Micros{3'000'000});
  EXPECT_EQ(got.rules.buckets, RequestRules{}.buckets);
  EXPECT_EQ(got.rules.routes, (std::vector<std::string>{"/api/students/:id"}));
  EXPECT_EQ(got.rules.ignore.size(), 5U);
  EXPECT_TRUE(got.rules.ignore_bots);
  EXPECT_TRUE(got.rules.anonymize_who);
  EXPECT_EQ(got.rules.latency, RequestRules::Latency::upstream);
  EXPECT_EQ(got.rules.redact.size(), 1U);
  EXPECT_TRUE(got.rules.show_query);
  EXPECT_EQ(got.rules.max_series, 100U);
}

TEST(RequestRules, EveryProblemIsTold) {
  const Read got = read(R"(
slow_after: 0s
slow_after_by_route: {"report": 3s}
buckets: [1, 0.5]
routes: ["students", "/a?b=1"]
ignore: ["wellness"]
latency: both
redact: ["token=(", "x*"]
max_series: 9
)");
  EXPECT_EQ(got.problems.size(), 10U);
  EXPECT_EQ(got.rules.buckets, RequestRules{}.buckets);
}

TEST(RequestRules, ProblemsSayWhereAndWhat) {
  struct Row {
    std::string_view text, says;
  };
  for (const Row& row :
       std::vector<Row>{{"buckets: [0.1, 0.1]", "ascend"},
                        {"buckets: []", "at least one bound"},
                        {"buckets: [0]", "not between"},
                        {"buckets: [-1, 1]", "not between"},
                        {"buckets: [.inf]", "number"},
                        {"buckets: [0.1, 0.1000001]", "ascend"},
                        {"slow_after: 0s", "longer than zero"},
                        {"slow_after_by_route: {\"/a\": 0s}", "/a must be longer than zero"},
                        {"routes: [students]", "\"students\" does not start with /"},
                        {"ignore: [\"wellness\"]", "\"wellness\" starts with neither / nor *"},
                        {"ignore_bots: maybe", "true or false"},
                        {"who: {anonymise: true}", "did you mean \"anonymize\""},
                        {"redact: [\"a)\"]", "does not compile"},
                        {"max_series: 1000001", "max_series"}}) {
    const Read got = read(row.text);
    ASSERT_EQ(got.problems.size(), 1U) << row.text;
    EXPECT_EQ(got.problems[0].substr(0, 15), "wayside.yaml:1:") << got.problems[0];
    EXPECT_NE(got.problems[0].find(row.says), std::string::npos) << got.problems[0];
  }
}

TEST(RequestRules, SixtyTwoBoundsAreTheMost) {
  std::string bounds = "1";
  for (int i = 2; i <= 62; ++i) bounds += ", " + std::to_string(i);
  EXPECT_TRUE(read("buckets: [" + bounds + "]").problems.empty());
  EXPECT_EQ(read("buckets: [" + bounds + ", 63]").problems.size(), 1U);
}

}  // namespace
}  // namespace wayside
