#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/collectors/access_log/source/follow_fixture.h"

namespace wayside {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

class Follow : public testing::Test {
 protected:
  bool reaches(std::size_t lines) {
    return eventually([&] { return shared.gathered.size() >= lines; });
  }
  std::vector<std::string> lines() { return shared.gathered.lines(); }

  TempDir dir;
  Following::Shared shared;
};

TEST_F(Follow, LinesWrittenAfterTheStartAreReadAndEarlierOnesAreNot) {
  append(dir.file("a.log"), "old 1\nold 2\n");
  const Following following(shared, {{dir.file("a.log")}});
  ASSERT_TRUE(eventually([&] { return following.caught_up(); }));
  append(dir.file("a.log"), "new 1\nnew 2\n");
  ASSERT_TRUE(reaches(2));
  EXPECT_THAT(lines(), ElementsAre("new 1", "new 2"));
  EXPECT_EQ(shared.gathered.head(), "old 1\nold 2\n");
}

TEST_F(Follow, StartAtBeginningReadsWhatIsThere) {
  append(dir.file("a.log"), "old 1\nold 2\n");
  const Following following(shared, {{dir.file("a.log"), true}});
  ASSERT_TRUE(reaches(2));
  EXPECT_THAT(lines(), ElementsAre("old 1", "old 2"));
}

TEST_F(Follow, StartAtEndWithinAHalfWrittenLineReadsThatLine) {
  append(dir.file("a.log"), "old 1\nhalf");
  const Following following(shared, {{dir.file("a.log")}});
  ASSERT_TRUE(eventually([&] { return following.caught_up(); }));
  append(dir.file("a.log"), " and rest\n");
  ASSERT_TRUE(reaches(1));
  EXPECT_THAT(lines(), ElementsAre("half and rest"));
}

TEST_F(Follow, AHalfWrittenLineWaitsForItsRest) {
  const Writer writer(dir.file("a.log"));
  const Following following(shared, {{dir.file("a.log"), true}});
  std::uint64_t written = 0;
  for (const char c : std::string("one by one")) {
    writer.write(std::string(1, c));
    ++written;
    ASSERT_TRUE(eventually([&] { return following.stats().lag_bytes == written; }));
  }
  EXPECT_EQ(shared.gathered.size(), 0U);
  writer.write("\n");
  ASSERT_TRUE(reaches(1));
  EXPECT_THAT(lines(), ElementsAre("one by one"));
  EXPECT_TRUE(eventually([&] { return following.stats().lag_bytes == 0; }));
  EXPECT_EQ(following.stats().read_bytes, 11U);
}

TEST_F(Follow, AFileThatAppearsLaterIsReadFromItsFirstByte) {
  const Following following(shared, {{dir.file("a.log")}});
  ASSERT_TRUE(eventually([&] { return following.caught_up(); }));
  append(dir.file("a.log"), "first\n");
  ASSERT_TRUE(reaches(1));
  EXPECT_THAT(lines(), ElementsAre("first"));
}

TEST_F(Follow, AGlobPicksUpNewFilesAndOnlyThoseThatMatch) {
  append(dir.file("one.log"), "old\n");
  const Following following(shared, {{dir.file("*.log")}});
  ASSERT_TRUE(eventually([&] { return following.caught_up(); }));
  append(dir.file("two.txt"), "no\n");
  append(dir.file(".hidden.log"), "no\n");
  append(dir.file("two.log"), "yes\n");
  append(dir.file("one.log"), "more\n");
  ASSERT_TRUE(reaches(2));
  EXPECT_THAT(lines(), UnorderedElementsAre("yes", "more"));
  EXPECT_TRUE(eventually([&] { return following.stats().files == 2; }));
}

TEST_F(Follow, DirectoriesMayComeLaterAtAnyDepth) {
  const Following following(shared, {{dir.file("sites/*/log/access*.log")}});
  ASSERT_TRUE(eventually([&] { return following.caught_up(); }));
  fs::create_directories(dir.path() / "sites/a/log");
  append(dir.file("sites/a/log/access.log"), "a\n");
  ASSERT_TRUE(reaches(1));
  fs::create_directories(dir.path() / "sites/b/log");
  append(dir.file("sites/b/log/access-2.log"), "b\n");
  ASSERT_TRUE(reaches(2));
  EXPECT_THAT(lines(), ElementsAre("a", "b"));
}

TEST_F(Follow, ADirectoryThatIsReplacedIsFollowedAgain) {
  fs::create_directories(dir.path() / "log");
  append(dir.file("log/a.log"), "old\n");
  const Following following(shared, {{dir.file("log/a.log")}});
  ASSERT_TRUE(eventually([&] { return following.caught_up(); }));
  fs::rename(dir.path() / "log", dir.path() / "away");
  append(dir.file("away/a.log"), "in the old one\n");
  ASSERT_TRUE(reaches(1));
  fs::create_directories(dir.path() / "log");
  append(dir.file("log/a.log"), "in the new one\n");
  ASSERT_TRUE(reaches(2));
  EXPECT_THAT(lines(), ElementsAre("in the old one", "in the new one"));
}

TEST_F(Follow, ATruncatedFileIsReadFromItsStart) {
  append(dir.file("a.log"), "one\ntwo\n");
  const Following following(shared, {{dir.file("a.log"), true}});
  ASSERT_TRUE(reaches(2));
  fs::resize_file(dir.file("a.log"), 0);
  ASSERT_TRUE(eventually([&] { return following.stats().truncations == 1; }));
  append(dir.file("a.log"), "three\n");
  ASSERT_TRUE(reaches(3));
  EXPECT_THAT(lines(), ElementsAre("one", "two", "three"));
  EXPECT_TRUE(shared.log.has("cut"));
}

TEST_F(Follow, AFileThatWasCutAndGrewPastItsPositionIsNoticed) {
  FollowTimes slow = quick_times();
  slow.pause = Micros{200'000};
  append(dir.file("a.log"), "one\n");
  const Following following(shared, {{dir.file("a.log"), true}}, slow);
  ASSERT_TRUE(reaches(1));
  // Within the pause, so that the shorter file is never seen.
  fs::resize_file(dir.file("a.log"), 0);
  append(dir.file("a.log"), "a longer line\n");
  ASSERT_TRUE(reaches(2));
  EXPECT_THAT(lines(), ElementsAre("one", "a longer line"));
}

TEST_F(Follow, WhatIsNoRegularFileIsLeftOutWithALine) {
  fs::create_directory(dir.path() / "d.log");
  ASSERT_EQ(::mkfifo(dir.file("f.log").c_str(), 0600), 0);
  append(dir.file("z.log"), "line\n");
  const Following following(shared, {{dir.file("*.log"), true}});
  ASSERT_TRUE(reaches(1));
  EXPECT_EQ(shared.log.count("d.log is no regular file"), 1U);
  EXPECT_EQ(shared.log.count("f.log is no regular file"), 1U);
}

TEST_F(Follow, CompressedFilesAreLeftOut) {
  append(dir.file("a.log.1.gz"), std::string("\x1f\x8b\x08\0\n\n\n\n", 8));
  append(dir.file("a.log"), "line\n");
  const Following following(shared, {{dir.file("a.log*"), true}});
  ASSERT_TRUE(reaches(1));
  EXPECT_TRUE(eventually([&] { return shared.log.has("a.log.1.gz is compressed"); }));
  EXPECT_THAT(lines(), ElementsAre("line"));
  EXPECT_TRUE(eventually([&] { return following.stats().lag_bytes == 0; }));
}

TEST_F(Follow, AFileOfTwoSourcesIsReadForTheFirstOnly) {
  append(dir.file("a.log"), "line\n");
  append(dir.file("b.log"), "line\n");
  const Following following(shared, {{dir.file("a.log"), true}, {dir.file("*.log"), true}});
  ASSERT_TRUE(eventually([&] { return following.stats(1).files == 1; }));
  EXPECT_EQ(following.stats(0).files, 1U);
  EXPECT_EQ(lines().size(), 2U);
  EXPECT_EQ(shared.log.count("does not count it again"), 1U);
}

TEST_F(Follow, HardLinksOfOneFileAreReadOnce) {
  append(dir.file("a.log"), "line\n");
  fs::create_hard_link(dir.file("a.log"), dir.file("b.log"));
  fs::create_symlink(dir.file("a.log"), dir.file("c.log"));
  const Following following(shared, {{dir.file("*.log"), true}});
  ASSERT_TRUE(eventually([&] { return following.stats().files == 1; }));
  append(dir.file("b.log"), "more\n");
  ASSERT_TRUE(reaches(2));
  EXPECT_THAT(lines(), ElementsAre("line", "more"));
}

TEST_F(Follow, NothingIsLostOfManyFilesAtOnce) {
  constexpr int kFiles = 50;
  constexpr int kLines = 100;
  const Following following(shared, {{dir.file("*.log")}});
  ASSERT_TRUE(eventually([&] { return following.caught_up(); }));
  for (int line = 0; line < kLines; ++line) {
    for (int file = 0; file < kFiles; ++file) {
      append(dir.file(std::to_string(file) + ".log"),
             std::to_string(file) + " " + std::to_string(line) + "\n");
    }
  }
  ASSERT_TRUE(reaches(kFiles * kLines));
  EXPECT_EQ(shared.gathered.counts().size(), static_cast<std::size_t>(kFiles * kLines));
  EXPECT_EQ(lines().size(), static_cast<std::size_t>(kFiles * kLines));
}

}  // namespace
}  // namespace wayside
