#include "agent/requests/route_table.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace wayside {
namespace {

struct Found {
  std::string text;
  bool known = false;
};

Found resolve(const std::vector<std::string>& configured, std::string_view path,
              std::string_view given = {}) {
  const RouteTable table(configured);
  TemplateBuffer buffer;
  const Resolved resolved = table.resolve(path, given, buffer);
  return {std::string(resolved.text), resolved.known};
}

TEST(RouteTables, TheSourcesOwnTemplateComesFirst) {
  const Found found = resolve({"/api/:name"}, "/api/123", "/api/{student_id}");
  EXPECT_EQ(found.text, "/api/:id");
  EXPECT_TRUE(found.known);
}

TEST(RouteTables, ConfiguredTemplatesComeBeforeTheRules) {
  const Found found = resolve({"/@:name", "/users/:name/posts"}, "/users/alice/posts?page=2");
  EXPECT_EQ(found.text, "/users/:name/posts");
  EXPECT_TRUE(found.known);
}

TEST(RouteTables, TheRulesForIdsComeLast) {
  const Found found = resolve({"/users/:name"}, "/orders/7");
  EXPECT_EQ(found.text, "/orders/:id");
  EXPECT_FALSE(found.known);
}

TEST(RouteTables, TheMostSpecificTemplateWins) {
  const std::vector<std::string> configured = {"/:rest",
                                               "/api/*",
                                               "/api/{name}",
                                               "/api/{name}/posts",
                                               "/api/students",
                                               "/api/students/:id",
                                               "/api/students/search"};
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"/", "/:rest"},
      {"/x/y/z", "/:rest"},
      {"/api", "/api/:rest"},
      {"/api/teachers", "/api/:name"},
      {"/api/students", "/api/students"},
      {"/api/students/search", "/api/students/search"},
      {"/api/students/%73earch", "/api/students/search"},
      {"/api/students/posts", "/api/students/:id"},
      {"/api/teachers/posts", "/api/:name/posts"},
      {"/api/teachers/posts/9", "/api/:rest"},
      {"/api//students/?x", "/api/students"},
  };
  for (const auto& [path, route] : rows) EXPECT_EQ(resolve(configured, path).text, route) << path;
}

TEST(RouteTables, ADeadEndGoesBackToThePlaceholder) {
  const std::vector<std::string> configured = {"/a/b/c", "/a/:id/d"};
  EXPECT_EQ(resolve(configured, "/a/b/d").text, "/a/:id/d");
  EXPECT_EQ(resolve(configured, "/a/b/e").text, "/a/b/e");
}

TEST(RouteTables, DeepPathsOnlyMatchARest) {
  std::string deep;
  for (int i = 0; i < 30; ++i) deep += "/a";
  EXPECT_EQ(resolve({"/a/:rest"}, deep).text, "/a/:rest");
  EXPECT_FALSE(resolve({"/a/:id"}, deep).known);
}

TEST(RouteTables, WithoutAPathThereIsNoRoute) {
  EXPECT_EQ(resolve({"/:rest"}, "").text, "");
  EXPECT_EQ(resolve({"/:rest"}, "*").text, "");
  EXPECT_EQ(resolve({}, "", "-").text, "");
  EXPECT_EQ(resolve({}, "", "/api/<id>").text, "/api/:id");
}

}  // namespace
}  // namespace wayside
