#include "agent/requests/ignore_rule.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace wayside {
namespace {

bool ignores(const std::string& pattern, std::string_view target) {
  return IgnoreRule(std::vector<std::string>{pattern}).matches(target);
}

TEST(IgnoreRules, PathsMatchAsAWhole) {
  EXPECT_TRUE(ignores("/health", "/health"));
  EXPECT_TRUE(ignores("/health", "/health/"));
  EXPECT_TRUE(ignores("/health", "/health?deep=1"));
  EXPECT_TRUE(ignores("/health", "http://host/health"));
  EXPECT_FALSE(ignores("/health", "/healthz"));
  EXPECT_FALSE(ignores("/health", "/api/health"));
  EXPECT_FALSE(ignores("/health", "/"));
  EXPECT_TRUE(ignores("/", "/"));
  EXPECT_FALSE(ignores("/", "/a"));
}

TEST(IgnoreRules, AStarAtTheEndTakesAnyRest) {
  EXPECT_TRUE(ignores("/static/*", "/static/a/b.js"));
  EXPECT_TRUE(ignores("/static/*", "/static/a?/static"));
  EXPECT_FALSE(ignores("/static/*", "/staticfiles"));
  EXPECT_FALSE(ignores("/static/*", "/api?x=/static/a"));
  EXPECT_TRUE(ignores("/static*", "/staticfiles/a"));
}

TEST(IgnoreRules, AStarWithinTakesPartOfASegment) {
  EXPECT_TRUE(ignores("/api/*/health", "/api/v1/health"));
  EXPECT_FALSE(ignores("/api/*/health", "/api/v1/x/health"));
  EXPECT_FALSE(ignores("/api/*/health", "/api/v1/health/x"));
  EXPECT_TRUE(ignores("/a/x*y*z", "/a/x1y2z"));
  EXPECT_TRUE(ignores("/a/*z", "/a/zz"));
  EXPECT_FALSE(ignores("/a/x*y", "/a/xb/y"));
}

TEST(IgnoreRules, AStarAtTheStartTakesAnyBeginning) {
  EXPECT_TRUE(ignores("*.png", "/img/a/b.png"));
  EXPECT_TRUE(ignores("*.png", "/a.png.png"));
  EXPECT_FALSE(ignores("*.png", "/a.png.txt"));
  EXPECT_TRUE(ignores("*/x*y", "/x1/x2y"));
  EXPECT_TRUE(ignores("*/internal/*", "/api/internal/a/b"));
  EXPECT_TRUE(ignores("*", "/anything"));
}

TEST(IgnoreRules, TheFirstPatternThatTakesThePathIsTold) {
  const IgnoreRule rule(std::vector<std::string>{"/a/*", "health", "static", "*.js"});
  EXPECT_EQ(rule.match("/a/healthz"), 0U);
  EXPECT_EQ(rule.match("/healthz?x"), 1U);
  EXPECT_EQ(rule.match("http://host/healthz/"), 1U);
  EXPECT_EQ(rule.match("/b/c.js#x"), 2U);
  EXPECT_EQ(rule.match("/b/c"), IgnoreRule::kNone);
  EXPECT_EQ(rule.match("/api?file=/x.js"), IgnoreRule::kNone);
}

TEST(IgnoreRules, WithoutAPathNothingIsIgnored) {
  EXPECT_FALSE(ignores("*", ""));
  EXPECT_FALSE(ignores("*", "-"));
  EXPECT_TRUE(IgnoreRule({}).empty());
}

}  // namespace
}  // namespace wayside
