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
