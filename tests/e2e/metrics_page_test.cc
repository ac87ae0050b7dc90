// The page as others read it.
#include <gtest/gtest.h>

#include "tests/e2e/stand.h"

namespace wayside::e2e {
namespace {

TEST(MetricsPage, PromtoolFindsNothingWrong) {
  Stand stand;
  ASSERT_TRUE(stand.start("access.log", "{}", false));
  ASSERT_TRUE(stand.warm_up());
  EXPECT_EQ(send(stand.nginx.port(), plan(100), 4), 0U);
  ASSERT_EQ(stand.truth(102).size(), 102U);
  const auto page = stand.dir.file("page.txt", stand.agent.get("/metrics").body);
  const auto checked = support::run({"promtool", "check", "metrics"}, page);
  EXPECT_EQ(checked.code, 0) << checked.output << checked.errors;
  EXPECT_EQ(checked.errors, "");
  EXPECT_FALSE(stand.agent.page().types.empty());
}

TEST(MetricsPage, TheReferenceParserOfOpenMetricsReadsTheSameSeries) {
  Stand stand;
  ASSERT_TRUE(stand.start("access.log", "{}", false));
  ASSERT_TRUE(stand.warm_up());
  const support::HttpHeaders accept = {{"Accept", "application/openmetrics-text; version=1.0.0"}};
  const auto reply = support::http_get(stand.agent.port(), "/metrics", accept);
  EXPECT_EQ(reply.headers.at("content-type"),
            "application/openmetrics-text; version=1.0.0; charset=utf-8");
  const auto page = stand.dir.file("page.txt", reply.body);
  const auto script = stand.dir.file("parse.py",
                                     "import sys\n"
                                     "from prometheus_client.openmetrics import parser\n"
                                     "families = parser.text_string_to_metric_families\n"
                                     "for family in families(sys.stdin.read()):\n"
                                     "  print(family.name, family.type, family.unit)\n"
                                     "  for sample in family.samples: print('>', sample.name)\n");
  const auto parsed = support::run({"/usr/bin/python3", script.string()}, page);
  EXPECT_EQ(parsed.code, 0) << parsed.errors;
  EXPECT_NE(parsed.output.find("http_server_request_duration_seconds histogram seconds\n"),
            std::string::npos);
  EXPECT_NE(parsed.output.find("> wayside_series_overflow_total\n"), std::string::npos);
  EXPECT_EQ(parsed.output.find("unknown"), std::string::npos) << parsed.output;
}

TEST(MetricsPage, HasHelpAndTypeForEveryFamily) {
  Stand stand;
  ASSERT_TRUE(stand.start("access.log", "{}", false));
  const auto page = stand.agent.page();
  EXPECT_GT(page.types.size(), 5U);
  for (const auto& [family, type] : page.types) EXPECT_TRUE(page.helps.contains(family)) << family;
  EXPECT_EQ(stand.agent.get("/metrics").headers["content-type"],
            "text/plain; version=0.0.4; charset=utf-8");
}

}  // namespace
}  // namespace wayside::e2e
