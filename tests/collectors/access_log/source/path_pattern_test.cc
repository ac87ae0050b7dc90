#include "collectors/access_log/source/path_pattern.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/collectors/access_log/source/follow_fixture.h"

namespace wayside {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Walked {
  std::vector<std::string> matches, directories;
};

Walked walk(const TempDir& dir, const std::string& pattern) {
  Walked walked;
  const std::string root = dir.path().string();
  const auto local = [&](const std::string& path) {
    return path.size() > root.size() ? path.substr(root.size() + 1) : std::string();
  };
  const PathPattern::Visitor visitor{
      .directory =
          [&](const std::string& path, const std::string& component, bool last) {
            if (!path.starts_with(root)) return;
            walked.directories.push_back(local(path) + " : " + component + (last ? "" : "/"));
          },
      .match = [&](const std::string& path) { walked.matches.push_back(local(path)); }};
  EXPECT_TRUE(PathPattern(root + "/" + pattern).walk(visitor));
  return walked;
}

class PathPatterns : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(dir.path() / "a/log");
    std::filesystem::create_directories(dir.path() / "b");
    append(dir.file("a/log/access.log"), "");
    append(dir.file("a/log/error.log"), "");
    append(dir.file("a/log/[x].log"), "");
    append(dir.file("b/access.log"), "");
  }
  TempDir dir;
};

TEST_F(PathPatterns, MatchWhatExists) {
  EXPECT_THAT(walk(dir, "b/access.log").matches, ElementsAre("b/access.log"));
  EXPECT_THAT(walk(dir, "b//./access.log").matches, ElementsAre("b/access.log"));
  EXPECT_THAT(walk(dir, "b/none.log").matches, IsEmpty());
  EXPECT_THAT(walk(dir, "a/log/*c*.log").matches, ElementsAre("a/log/access.log"));
  EXPECT_THAT(walk(dir, "*/log/?????.log").matches, ElementsAre("a/log/error.log"));
  EXPECT_THAT(walk(dir, "a/log/\\[x].log").matches, ElementsAre("a/log/[x].log"));
  EXPECT_THAT(walk(dir, "[ab]").matches, ElementsAre("a", "b"));
  EXPECT_THAT(walk(dir, "b/access.log/x").matches, IsEmpty());
}

TEST_F(PathPatterns, NameTheDirectoriesWhereAMatchMayAppear) {
  EXPECT_THAT(walk(dir, "*/log/access*").directories,
              ElementsAre(" : */", "a/log : access*", "b : log/"));
  EXPECT_THAT(walk(dir, "none/x.log").directories, ElementsAre(" : none/"));
  EXPECT_THAT(walk(dir, "b/x.log").directories, ElementsAre("b : x.log"));
}

}  // namespace
}  // namespace wayside
