#include "agent/config/config.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace wayside {
namespace {

std::optional<std::string> no_env(const std::string&) {
  return std::nullopt;
}

std::string problems_of(std::string_view text) {
  auto loaded = parse_config(text, "w.yaml", no_env);
  const auto* problems = std::get_if<ConfigProblems>(&loaded);
  return problems == nullptr ? "" : show_problems(*problems);
}

Config config_of(std::string_view text) {
  auto loaded = parse_config(text, "w.yaml", no_env);
  if (auto* problems = std::get_if<ConfigProblems>(&loaded)) {
    ADD_FAILURE() << show_problems(*problems);
    return {};
  }
  return std::get<Config>(std::move(loaded));
}

std::ptrdiff_t collectors_named(const Config& config, std::string_view name) {
  return std::ranges::count(config.collectors, name, &CollectorPlan::name);
}

TEST(WholeConfig, AnEmptyFileHasTheDefaults) {
  const Config config = config_of("");
  EXPECT_EQ(config.service, "unknown_service");
  EXPECT_EQ(config.prometheus.listen, "127.0.0.1:19100");
  EXPECT_FALSE(config.own_requests);
}

TEST(WholeConfig, TheExampleOfTheDocumentationIsRead) {
  const Config config = config_of(R"(
service: college-api
labels: {env: prod, region: eu}
log: {level: info, format: json, file: "-"}
requests:
  slow_after: 1s
  slow_after_by_route: {"/api/report": 3s}
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 0.5, 1, 2.5, 5, 10]
  routes: ["/api/students/:id"]
  ignore: ["/health", "/static/*"]
  latency: request
  redact: ["token=[^&]*"]
  max_series: 2000
collectors:
  access_log:
    - {path: /var/log/nginx/access*.log, format: auto, service: college-api, start_at: end}
exporters:
  prometheus: {listen: "127.0.0.1:19100"}
  events: {file: "-"}
)");
  EXPECT_EQ(config.service, "college-api");
  EXPECT_EQ(config.constant_labels(), R"(env="prod",region="eu")");
  EXPECT_EQ(collectors_named(config, "access_log"), 1);
  EXPECT_EQ(collectors_named(config, "self"), 1);
}

TEST(WholeConfig, TheAgentTellsOfItselfWhateverTheConfigNames) {
  for (const char* const text : {"", "service: shop\n", "collectors: {}\n", "collectors:\n"}) {
    EXPECT_EQ(collectors_named(config_of(text), "self"), 1) << text;
  }
}

TEST(WholeConfig, EveryProblemIsToldInOneGoWithItsPlace) {
  const std::string problems = problems_of(
      "servise: shop\n"
      "requests:\n"
      "  slow_after: soon\n"
      "collectors:\n"
      "  acces_log: []\n");
  EXPECT_NE(problems.find("w.yaml:1:1: "), std::string::npos) << problems;
  EXPECT_NE(problems.find("\"service\""), std::string::npos) << problems;
  EXPECT_NE(problems.find("w.yaml:3:15: "), std::string::npos) << problems;
  EXPECT_NE(problems.find("w.yaml:5:3: "), std::string::npos) << problems;
  EXPECT_NE(problems.find("\"access_log\""), std::string::npos) << problems;
}

TEST(WholeConfig, ConstantLabelsThatSamplesBringAreRefused) {
  EXPECT_NE(problems_of("labels: {service_name: x}").find("service_name"), std::string::npos);
  EXPECT_NE(problems_of("labels: {le: x}").find("\"le\""), std::string::npos);
  EXPECT_NE(problems_of("labels: {a-b: x}").find("a-b"), std::string::npos);
}

TEST(WholeConfig, WithoutAFileItsOwnEndpointIsObserved) {
  auto loaded = load_config(ConfigSource{}, no_env);
  ASSERT_TRUE(std::holds_alternative<Config>(loaded));
  EXPECT_TRUE(std::get<Config>(loaded).own_requests);
}

TEST(WholeConfig, LogsOfTheCommandLineBecomeSourcesWhateverTheirName) {
  ConfigSource source;
  source.access_logs = {"/tmp/a \"b\" ${HOME}.log"};
  source.service = "a: {b}";
  source.listen = "127.0.0.1:0";
  auto loaded = load_config(source, no_env);
  ASSERT_TRUE(std::holds_alternative<Config>(loaded))
      << show_problems(std::get<ConfigProblems>(loaded));
  const Config& config = std::get<Config>(loaded);
  EXPECT_EQ(config.service, "a: {b}");
  EXPECT_EQ(config.prometheus.listen, "127.0.0.1:0");
  EXPECT_EQ(collectors_named(config, "access_log"), 1);
  EXPECT_FALSE(config.own_requests);
}

TEST(WholeConfig, AFileThatCannotBeReadIsAProblemThatNamesIt) {
  ConfigSource source;
  source.file = "/nonexistent/wayside.yaml";
  auto loaded = load_config(source, no_env);
  ASSERT_TRUE(std::holds_alternative<ConfigProblems>(loaded));
  EXPECT_NE(show_problems(std::get<ConfigProblems>(loaded)).find("/nonexistent/wayside.yaml"),
            std::string::npos);
}

}  // namespace
}  // namespace wayside
