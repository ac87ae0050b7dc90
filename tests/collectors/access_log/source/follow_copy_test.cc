#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/collectors/access_log/source/follow_fixture.h"

namespace wayside {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::UnorderedElementsAre;

class Copies : public testing::Test {
 protected:
  bool reaches(std::size_t lines) {
    return eventually([&] { return shared.gathered.size() >= lines; });
  }
  std::vector<std::string> lines() { return shared.gathered.lines(); }
  std::string log() const { return dir.file("access.log"); }
  // Long enough for several things to happen between two readings.
  static FollowTimes slow() {
    FollowTimes times = quick_times();
    times.pause = Micros{200'000};
    return times;
  }
  // Counts "1", stops, and lets a file of two more lines be copied and cut meanwhile.
  void expect_read_on_after_a_cut(const std::string& pattern, const std::string& copy) {
    append(log(), "1\n");
    {
      const Following following(shared, {{pattern, true}});
      ASSERT_TRUE(reaches(1));
    }
    append(log(), "2\n3\n");
    copy_and_cut(log(), copy);
    append(log(), "4\n");
    const Following following(shared, {{pattern, true}});
    ASSERT_TRUE(reaches(4));
    ASSERT_TRUE(eventually([&] { return following.stats().lag_bytes == 0; }));
    EXPECT_THAT(lines(), UnorderedElementsAre("1", "2", "3", "4"));
    EXPECT_EQ(following.stats().lost_bytes, 0U);
  }

  TempDir dir;
  Following::Shared shared;
};

TEST_F(Copies, WhatWasUnreadWhenAFileWasCutIsReadInItsCopy) {
  append(log(), "1\n");
  const Following following(shared, {{log(), true}}, slow());
  ASSERT_TRUE(reaches(1));
  append(log(), "2\n3\n");
  copy_and_cut(log(), log() + ".1");
  append(log(), "4\n");
  ASSERT_TRUE(reaches(4));
  EXPECT_THAT(lines(), UnorderedElementsAre("1", "2", "3", "4"));
  EXPECT_TRUE(eventually([&] { return following.stats().truncations == 1; }));
  EXPECT_EQ(following.stats().lost_bytes, 0U);
}

TEST_F(Copies, ACopyThatMatchesTheGlobIsNotCountedAgain) {
  const Following following(shared, {{log() + "*", true}});
  for (int i = 1; i <= 4; ++i) {
    append(log(), std::to_string(i) + "\n" + std::to_string(i) + " more\n");
    ASSERT_TRUE(reaches(static_cast<std::size_t>(i) * 2));
    if (i == 3) fs::rename(log() + ".1", log() + ".2");
    if (i % 2 == 1) copy_and_cut(log(), log() + ".1");
  }
  EXPECT_THAT(lines(), ElementsAre("1", "1 more", "2", "2 more", "3", "3 more", "4", "4 more"));
}

TEST_F(Copies, AreReadOnWhereTheFileWasCutWhileNobodyLooked) {
  expect_read_on_after_a_cut(log(), log() + ".1");
}

TEST_F(Copies, OfAGlobAreReadOnWhereTheFileWasCutWhileNobodyLooked) {
  expect_read_on_after_a_cut(log() + "*", log() + ".1");
}

TEST_F(Copies, ThatSortBeforeTheirOriginalAreReadOnAsWell) {
  expect_read_on_after_a_cut(dir.file("access*.log"), dir.file("access-20261124.log"));
}

TEST_F(Copies, OfALinksTargetAreReadOnAfterTheLinkLeftIt) {
  append(dir.file("target"), "1\n");
  fs::create_symlink(dir.file("target"), log());
  {
    const Following following(shared, {{log(), true}});
    ASSERT_TRUE(reaches(1));
  }
  append(log(), "2\n3\n");
  copy_and_cut(log(), log() + ".1");
  append(log(), "4\n");
  fs::remove(log());
  append(log(), "5\n");
  const Following following(shared, {{log(), true}});
  ASSERT_TRUE(reaches(5));
  ASSERT_TRUE(eventually([&] { return following.stats().lag_bytes == 0; }));
  EXPECT_THAT(lines(), UnorderedElementsAre("1", "2", "3", "4", "5"));
}

TEST_F(Copies, OfFilesThatAreNotCutWait) {
  append(log(), "1\n2\n");
  const Following following(shared, {{log() + "*", true}});
  ASSERT_TRUE(reaches(2));
  fs::copy_file(log(), log() + ".1");
  append(log(), "3\n");
  ASSERT_TRUE(reaches(3));
  ASSERT_TRUE(eventually([&] { return shared.log.has("access.log.1 is a copy"); }));
  append(log() + ".1", "3\n");
  fs::resize_file(log(), 0);
  append(log(), "4\n");
  ASSERT_TRUE(reaches(4));
  EXPECT_THAT(lines(), ElementsAre("1", "2", "3", "4"));
}

TEST_F(Copies, AFileThatOnlyBeginsLikeItsNeighbourIsReadWhole) {
  append(log(), "1\n2\n");
  const Following following(shared, {{log() + "*", true}});
  ASSERT_TRUE(reaches(2));
  append(log() + ".1", "1\n3\n");
  ASSERT_TRUE(reaches(4));
  EXPECT_THAT(lines(), ElementsAre("1", "2", "1", "3"));
}

TEST_F(Copies, BytesThatWereSeenAndCutWithoutACopyAreLost) {
  append(log(), "1\nhalf");
  const Following following(shared, {{log(), true}});
  ASSERT_TRUE(eventually([&] { return following.stats().lag_bytes == 4; }));
  fs::resize_file(log(), 0);
  append(log(), "2\n");
  ASSERT_TRUE(reaches(2));
  EXPECT_TRUE(eventually([&] { return following.stats().lost_bytes == 4; }));
  EXPECT_TRUE(shared.log.has("4 bytes of it were never counted"));
}

TEST_F(Copies, HalfALineOfADeletedFileIsLostWhenItIsLetGo) {
  FollowTimes times = quick_times();
  times.patience.deleted_alone = Micros{50'000};
  append(log(), "1\nhalf a line");
  const Following following(shared, {{log(), true}}, times);
  ASSERT_TRUE(reaches(1));
  fs::remove(log());
  EXPECT_TRUE(eventually([&] { return following.stats().lost_bytes == 11; }));
  EXPECT_EQ(following.stats().files, 0U);
}

TEST_F(Copies, WhatWasUnreadInAFileThatWentWhileNobodyLookedIsLost) {
  append(log(), "1\nhalf");
  {
    const Following following(shared, {{log(), true}});
    ASSERT_TRUE(eventually([&] { return following.stats().lag_bytes == 4; }));
  }
  fs::rename(log(), dir.file("aside"));
  fs::remove(dir.file("aside"));
  for (int i = 0; i < 2; ++i) {
    const Following following(shared, {{log(), true}});
    ASSERT_TRUE(eventually([&] { return following.caught_up(); }));
    EXPECT_TRUE(eventually([&] { return following.stats().lost_bytes == (i == 0 ? 4U : 0U); }));
  }
}

TEST_F(Copies, AnInodeThatWasGivenToAnotherFileIsNoPositionOfIt) {
  append(log(), "1\n2\n");
  {
    const Following following(shared, {{log(), true}});
    ASSERT_TRUE(reaches(2));
  }
  fs::remove(log());
  append(log(), "1\n2\n3\n");  // the same bytes, in what is most often the same inode
  const Following following(shared, {{log(), true}});
  ASSERT_TRUE(reaches(5));
  EXPECT_THAT(lines(), ElementsAre("1", "2", "1", "2", "3"));
}

TEST_F(Copies, AFileWrittenAnewWhileNobodyLookedIsToldByItsBytes) {
  append(log(), "one\ntwo\n");
  {
    const Following following(shared, {{log(), true}});
    ASSERT_TRUE(reaches(2));
  }
  fs::resize_file(log(), 0);
  append(log(), "111\n222\n333\n");  // a line ends where the position is
  const Following following(shared, {{log(), true}});
  ASSERT_TRUE(reaches(5));
  EXPECT_THAT(lines(), ElementsAre("one", "two", "111", "222", "333"));
  EXPECT_TRUE(eventually([&] { return following.stats().truncations == 1; }));
}

TEST_F(Copies, AWriterThatGoesOnBehindAHoleLosesNothing) {
  const int fd = ::open(log().c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);  // not appending
  ASSERT_GE(fd, 0);
  const auto write = [&](const std::string& text) {
    ASSERT_EQ(::write(fd, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  };
  const Following following(shared, {{log(), true}});
  const std::string filler(10'000, 'x');
  write("1\n" + filler + "\n");
  ASSERT_TRUE(reaches(2));
  fs::resize_file(log(), 0);
  write("2\n");
  ASSERT_TRUE(reaches(3));
  write("3\n");
  ASSERT_TRUE(reaches(4));
  ::close(fd);
  EXPECT_THAT(lines(), ElementsAre("1", filler, "2", "3"));
  EXPECT_EQ(shared.gathered.long_lines(), 0U);
}

}  // namespace
}  // namespace wayside
