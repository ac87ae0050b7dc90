// The harness proved without the agent: what nginx and Prometheus tell is what was sent.
#include <gtest/gtest.h>

#include "tests/e2e/load.h"
#include "tests/e2e/servers.h"
#include "tests/support/temp_dir.h"
#include "tests/support/wait.h"

namespace wayside::e2e {
namespace {

support::Table counts(const std::vector<Truth>& truth) {
  support::Table table;
  for (const auto& t : truth) table[t.method + " " + t.route + " " + t.status] += 1;
  return table;
}

TEST(Harness, NginxTellsWhatWasSent) {
  const support::TempDir dir;
  const Upstream steady(false);
  const Upstream failing(true);
  Nginx nginx(dir.path(), steady.port(), failing.port());
  ASSERT_TRUE(nginx.start());
  const auto requests = plan(400);
  EXPECT_EQ(send(nginx.port(), requests, 4), 0U);
  support::wait_until([&] { return read_truth(nginx.truth()).size() > requests.size(); });
  const auto truth = read_truth(nginx.truth());
  auto expected = counts(requests);
  expected["GET - 404"] += 1;  // the one that asked whether nginx is up
  EXPECT_EQ(counts(truth), expected);
  std::size_t retried = 0;
  for (const auto& t : truth) retried += t.attempts.size() > 1 ? 1U : 0U;
  EXPECT_GT(retried, 5U);
}

TEST(Harness, PrometheusScrapesEverySecond) {
  const support::TempDir dir;
  Prometheus server(dir.path(), 1);
  ASSERT_TRUE(server.start());
  const support::PrometheusApi api(server.port());
  EXPECT_TRUE(support::wait_until([&] { return api.value("up") == 0; }));
  EXPECT_TRUE(api.query("no_such_series").empty());
}

TEST(Harness, StrictPageReaderFindsWhatAScrapeWouldRefuse) {
  EXPECT_TRUE(support::parse_page("# TYPE a counter\na{x=\"1\\n\"} 1\n").errors.empty());
  EXPECT_FALSE(support::parse_page("a 1").errors.empty()) << "no final newline";
  EXPECT_FALSE(support::parse_page("a 1\nb 1\na{x=\"2\"} 1\n").errors.empty()) << "two groups";
  EXPECT_FALSE(support::parse_page("a 1\na 2\n").errors.empty()) << "twice";
  EXPECT_FALSE(support::parse_page("a{x=\"\\q\"} 1\n").errors.empty()) << "no such escape";
  EXPECT_FALSE(support::parse_page("a{x=\"1\"} one\n").errors.empty()) << "no number";
}

}  // namespace
}  // namespace wayside::e2e
