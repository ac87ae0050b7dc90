// One request, one count: of a service exactly one source counts.
#include "agent/config/counting.h"

#include <gmock/gmock.h>

namespace wayside {
namespace {

using testing::HasSubstr;

std::string problems_of(std::string_view text) {
  auto loaded = parse_config(text, "w.yaml");
  const auto* problems = std::get_if<ConfigProblems>(&loaded);
  return problems == nullptr ? "" : show_problems(*problems);
}

TEST(CountingSources, TwoOfOneServiceAreRefusedAndBothNamed) {
  const std::string problems = problems_of(
      "service: shop\n"
      "collectors:\n"
      "  access_log:\n"
      "    - path: /var/log/nginx/access.log\n"
      "    - {path: /srv/api/app.log, service: shop}\n");
  EXPECT_THAT(problems, testing::StartsWith("w.yaml:5:7: "));
  EXPECT_THAT(problems, HasSubstr("collectors.access_log[1] (\"/srv/api/app.log\")"));
  EXPECT_THAT(problems,
              HasSubstr("w.yaml:4:7: collectors.access_log[0] (\"/var/log/nginx/access.log\")"));
  EXPECT_THAT(problems, HasSubstr("service \"shop\""));
  EXPECT_THAT(problems, HasSubstr("`count: false`"));
  EXPECT_EQ(std::ranges::count(problems, '\n'), 1);
}

TEST(CountingSources, OneThatOnlyEnrichesIsNoSecondOne) {
  EXPECT_EQ(problems_of("collectors:\n"
                        "  access_log:\n"
                        "    - {path: /a.log}\n"
                        "    - {path: /b.log, count: false}\n"
                        "    - {path: /c.log, count: false}\n"
                        "    - {path: /d.log, service: other}\n"),
            "");
}

TEST(CountingSources, WhoeverSaysOfEachThatItCountsMeansIt) {
  const auto with = [](std::string_view first, std::string_view second) {
    return problems_of("collectors:\n  access_log:\n    - {path: /a.log" + std::string(first) +
                       "}\n    - {path: /b.log" + std::string(second) + "}\n");
  };
  EXPECT_EQ(with(", count: true", ", count: true"), "");
  EXPECT_THAT(with(", count: true", ""), HasSubstr("w.yaml:4:7:"));
  EXPECT_THAT(with("", ", count: true"), HasSubstr("w.yaml:4:7:"));
  EXPECT_THAT(with("", ", count: maybe"), HasSubstr("true or false"));
}

TEST(CountingSources, ItsOwnEndpointCountsTheServiceWayside) {
  EXPECT_THAT(problems_of("service: wayside\n"
                          "collectors:\n"
                          "  own_endpoint: {}\n"
                          "  access_log: {path: /a.log}\n"),
              testing::AllOf(HasSubstr("w.yaml:3:17: collectors.own_endpoint"),
                             HasSubstr("collectors.access_log")));
}

TEST(CountingSources, LogsOfTheCommandLineAllCount) {
  ConfigSource source;
  source.access_logs = {"/a.log", "/b.log"};
  EXPECT_TRUE(std::holds_alternative<Config>(load_config(source)));
}

}  // namespace
}  // namespace wayside
