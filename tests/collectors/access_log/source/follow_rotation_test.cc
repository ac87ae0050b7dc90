#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tests/collectors/access_log/source/follow_fixture.h"

namespace wayside {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

class Rotation : public testing::Test {
 protected:
  bool reaches(std::size_t lines) {
    return eventually([&] { return shared.gathered.size() >= lines; });
  }
  std::vector<std::string> lines() { return shared.gathered.lines(); }
  std::string log() const { return dir.file("access.log"); }
  // access.log.1 becomes access.log.2 and so on, as logrotate does it.
  void rotate() const {
    for (int i = 20; i >= 1; --i) {
      std::error_code none;
      fs::rename(log() + '.' + std::to_string(i), log() + '.' + std::to_string(i + 1), none);
    }
    fs::rename(log(), log() + ".1");
  }
  void expect_each_once(int expected) {
    const auto counts = shared.gathered.counts();
    EXPECT_EQ(counts.size(), static_cast<std::size_t>(expected));
    for (const auto& [line, count] : counts) ASSERT_EQ(count, 1) << line;
  }

  TempDir dir;
  Following::Shared shared;
};

TEST_F(Rotation, TheOldFileIsReadToItsLastLineWhileItsWriterGoesOn) {
  Writer writer(log());
  const Following following(shared, {{log()}});
  ASSERT_TRUE(eventually([&] { return following.caught_up(); }));
  writer.write("1\n");
  rotate();
  writer.write("2\n");
  ASSERT_TRUE(reaches(2));
  append(log(), "new 1\n");
  ASSERT_TRUE(reaches(3));
  writer.write("3\n");
  ASSERT_TRUE(reaches(4));
  writer.reopen();
  writer.write("new 2\n");
  ASSERT_TRUE(reaches(5));
  EXPECT_THAT(lines(), ElementsAre("1", "2", "new 1", "3", "new 2"));
  EXPECT_TRUE(eventually([&] { return following.stats().rotations == 1; }));
}

TEST_F(Rotation, AHalfWrittenLineIsFinishedInTheOldFile) {
  const Writer writer(log());
  const Following following(shared, {{log()}});
  ASSERT_TRUE(eventually([&] { return following.caught_up(); }));
  writer.write("half");
  rotate();
  append(log(), "new\n");
  ASSERT_TRUE(reaches(1));
  writer.write(" and rest\n");
  ASSERT_TRUE(reaches(2));
  EXPECT_THAT(lines(), ElementsAre("new", "half and rest"));
}

TEST_F(Rotation, ARenamedFileThatStillMatchesIsNotReadAgain) {
  const Following following(shared, {{log() + "*"}});
  ASSERT_TRUE(eventually([&] { return following.caught_up(); }));
  for (int i = 1; i <= 5; ++i) {
    append(log(), std::to_string(i) + "\n");
    ASSERT_TRUE(reaches(static_cast<std::size_t>(i)));
    rotate();
  }
  ASSERT_TRUE(eventually([&] { return following.stats().files == 5; }));
  EXPECT_THAT(lines(), ElementsAre("1", "2", "3", "4", "5"));
}

TEST_F(Rotation, FilesThatComeAndGoBetweenTwoLooksAreFound) {
  FollowTimes slow;  // pauses and gaps as they are in earnest
  slow.beat = Micros{20'000};
  append(log(), "0\n");
  const Following following(shared, {{log(), true}}, slow);
  ASSERT_TRUE(reaches(1));
  for (int i = 1; i <= 10; ++i) {
    rotate();
    append(log(), std::to_string(i) + "\n");
  }
  ASSERT_TRUE(reaches(11));
  expect_each_once(11);
  EXPECT_TRUE(eventually([&] { return following.stats().rotations >= 9; }));
}

TEST_F(Rotation, AnUnrelatedFileMovedInBesideIsLeftAlone) {
  append(log(), "1\n");
  const Following following(shared, {{log(), true}});
  ASSERT_TRUE(reaches(1));
  append(dir.file("other"), "not ours\n");
  fs::rename(dir.file("other"), dir.file("access.log.1"));
  append(log(), "2\n");
  ASSERT_TRUE(reaches(2));
  EXPECT_THAT(lines(), ElementsAre("1", "2"));
}

TEST_F(Rotation, ADeletedFileIsLetGoAfterAWhileAndTheNewOneIsRead) {
  FollowTimes times = quick_times();
  times.patience.deleted = Micros{300'000};
  append(log(), "1\n");
  const Following following(shared, {{log(), true}}, times);
  ASSERT_TRUE(reaches(1));
  fs::remove(log());
  append(log(), "2\n");
  ASSERT_TRUE(reaches(2));
  ASSERT_TRUE(eventually([&] { return following.stats().files == 2; }));
  EXPECT_TRUE(eventually([&] { return following.stats().files == 1; }));
  append(log(), "3\n");
  ASSERT_TRUE(reaches(3));
  EXPECT_THAT(lines(), ElementsAre("1", "2", "3"));
}

TEST_F(Rotation, ARenamedFileIsKeptWhileItGrowsAndLetGoWhenItIsQuiet) {
  FollowTimes times = quick_times();
  times.patience.renamed = Micros{400'000};
  const Writer writer(log());
  const Following following(shared, {{log()}}, times);
  ASSERT_TRUE(eventually([&] { return following.caught_up(); }));
  rotate();
  append(log(), "new\n");
  for (std::size_t i = 0; i < 5; ++i) {
    writer.write("more\n");
    ASSERT_TRUE(reaches(i + 2));
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  EXPECT_EQ(following.stats().files, 2U);
  EXPECT_TRUE(eventually([&] { return following.stats().files == 1; }));
}

TEST_F(Rotation, AFileThatWasLetGoAndComesBackGoesOnWhereItWasLeft) {
  FollowTimes times = quick_times();
  times.patience.renamed_alone = Micros{50'000};
  append(log(), "1\n");
  const Following following(shared, {{log(), true}}, times);
  ASSERT_TRUE(reaches(1));
  ASSERT_TRUE(eventually([&] { return following.stats().files == 1; }));
  fs::rename(log(), dir.file("aside"));
  ASSERT_TRUE(eventually([&] { return following.stats().files == 0; }));
  append(dir.file("aside"), "2\n");
  fs::rename(dir.file("aside"), log());
  ASSERT_TRUE(reaches(2));
  append(log(), "3\n");
  ASSERT_TRUE(reaches(3));
  EXPECT_THAT(lines(), ElementsAre("1", "2", "3"));
}

TEST_F(Rotation, EveryLineCountsOnceThroughRotationsAtRandomMoments) {
  constexpr int kLines = 100'000;
  constexpr int kRotations = 10;
  const Following following(shared, {{log()}});
  ASSERT_TRUE(eventually([&] { return following.caught_up(); }));
  Writer writer(log());
  std::mt19937 random(7);     // NOLINT: the same moments every time
  std::map<int, bool> turns;  // by line: rotate, or open the new file
  for (int i = 0; i < kRotations; ++i) {
    const int moment = std::uniform_int_distribution<int>(1, kLines - 100)(random);
    turns[moment] = true;
    turns[moment + 1 + static_cast<int>(random() % 90)] = false;
  }
  for (int i = 0; i < kLines; ++i) {
    if (const auto turn = turns.find(i); turn != turns.end()) {
      if (!turn->second) writer.reopen();
      if (turn->second && fs::exists(log())) rotate();
    }
    writer.write("line " + std::to_string(i) + "\n");
  }
  ASSERT_TRUE(reaches(kLines));
  expect_each_once(kLines);
}

}  // namespace
}  // namespace wayside
