#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "tests/collectors/access_log/source/follow_fixture.h"

namespace wayside {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

class Restart : public testing::Test {
 protected:
  bool reaches(std::size_t lines) {
    return eventually([&] { return shared.gathered.size() >= lines; });
  }
  std::vector<std::string> lines() { return shared.gathered.lines(); }
  std::string log() const { return dir.file("access.log"); }
  // Starts and stops, with nothing there to read.
  void start_once() {
    Following following(shared, {{log()}});
    following.stop();
  }

  TempDir dir;
  Following::Shared shared;
};

TEST_F(Restart, GoesOnAtTheLineWhereItStopped) {
  append(log(), "1\n2\nhal");
  {
    const Following following(shared, {{log(), true}});
    ASSERT_TRUE(reaches(2));
  }
  append(log(), "f\n3\n");
  const Following following(shared, {{log(), true}});
  ASSERT_TRUE(reaches(4));
  EXPECT_THAT(lines(), ElementsAre("1", "2", "half", "3"));
}

TEST_F(Restart, AFileThatCameMeanwhileIsReadFromItsStart) {
  start_once();
  append(log(), "came\n");
  const Following following(shared, {{log()}});
  ASSERT_TRUE(reaches(1));
  EXPECT_THAT(lines(), ElementsAre("came"));
}

TEST_F(Restart, AnotherGlobGoesOnInTheSameFiles) {
  append(log(), "1\n");
  {
    const Following following(shared, {{log(), true}});
    ASSERT_TRUE(reaches(1));
  }
  append(log(), "2\n");
  const Following following(shared, {{dir.file("*.log")}});
  ASSERT_TRUE(reaches(2));
  EXPECT_THAT(lines(), ElementsAre("1", "2"));
}

TEST_F(Restart, AFileThatWasCutMeanwhileIsReadFromItsStart) {
  append(log(), "1\n2\n3\n");
  {
    const Following following(shared, {{log(), true}});
    ASSERT_TRUE(reaches(3));
  }
  fs::resize_file(log(), 0);
  append(log(), "4\n");
  const Following following(shared, {{log(), true}});
  ASSERT_TRUE(reaches(4));
  EXPECT_THAT(lines(), ElementsAre("1", "2", "3", "4"));
}

TEST_F(Restart, AFileThatWasRenamedMeanwhileIsReadToItsEnd) {
  const Writer writer(log());
  writer.write("1\n");
  {
    const Following following(shared, {{log(), true}});
    ASSERT_TRUE(reaches(1));
  }
  writer.write("2\n");
  fs::rename(log(), log() + ".1");
  append(log(), "new\n");
  append(log() + "s", "a stranger\n");
  const Following following(shared, {{log(), true}});
  ASSERT_TRUE(reaches(3));
  writer.write("3\n");
  ASSERT_TRUE(reaches(4));
  EXPECT_THAT(lines(), testing::UnorderedElementsAre("1", "2", "new", "3"));
}

TEST_F(Restart, FilesThatCameAndWereRotatedMeanwhileAreRead) {
  append(log() + ".7", "an old one\n");
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  start_once();
  append(log(), "1\n");
  fs::rename(log(), log() + ".1");
  append(log(), "2\n");
  fs::rename(log() + ".1", log() + ".2");
  fs::rename(log(), log() + ".1");
  append(log(), "3\n");
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  append(log() + ".9", "came when the name was taken\n");
  const Following following(shared, {{log()}});
  ASSERT_TRUE(reaches(3));
  ASSERT_TRUE(eventually([&] { return following.stats().lag_bytes == 0; }));
  EXPECT_THAT(lines(), testing::UnorderedElementsAre("1", "2", "3"));
}

TEST_F(Restart, TheInodeOfADeletedFileIsNoPositionOfTheNextOne) {
  FollowTimes times = quick_times();
  times.patience.deleted_alone = Micros{1000};
  append(log(), "1\n2\n");
  {
    const Following following(shared, {{log(), true}}, times);
    ASSERT_TRUE(reaches(2));
    ASSERT_TRUE(eventually([&] { return following.stats().files == 1; }));
    fs::remove(log());
    ASSERT_TRUE(eventually([&] { return following.stats().files == 0; }));
  }
  append(log(), "3\n4\n5\n");  // most file systems give it the inode that became free
  const Following following(shared, {{log(), true}}, times);
  ASSERT_TRUE(reaches(5));
  EXPECT_THAT(lines(), ElementsAre("1", "2", "3", "4", "5"));
}

TEST_F(Restart, TheInodeOfAFileThatWasRenamedAndLetGoMayGoToAStranger) {
  FollowTimes times = quick_times();
  times.patience.renamed = Micros{1000};
  append(log(), "1\n2\n");
  {
    const Following following(shared, {{log(), true}}, times);
    ASSERT_TRUE(reaches(2));
    fs::rename(log(), dir.file("error.log"));
    append(log(), "3\n");
    ASSERT_TRUE(reaches(3));
    ASSERT_TRUE(eventually(
        [&] { return following.stats().rotations == 1 && following.stats().files == 1; }));
  }
  append(dir.file("error.log"), "not ours\n");
  const Following following(shared, {{log(), true}}, times);
  ASSERT_TRUE(eventually([&] { return following.caught_up(); }));
  append(log(), "4\n");
  ASSERT_TRUE(reaches(4));
  EXPECT_THAT(lines(), ElementsAre("1", "2", "3", "4"));
}

// "line 5041 to 5100, …": those of so many that did not come.
std::string missing(const std::map<std::string, int>& counts, int lines) {
  std::string text;
  for (int i = 0; i < lines; ++i) {
    if (counts.contains("line " + std::to_string(i))) continue;
    const int first = i;
    while (i < lines && !counts.contains("line " + std::to_string(i))) ++i;
    text += "line " + std::to_string(first) + " to " + std::to_string(i - 1) + ", ";
  }
  return text;
}

TEST_F(Restart, EveryLineCountsOnceWhileItIsRestartedAndRotatedUnderAWriter) {
  constexpr int kLines = 50'000;
  std::atomic<bool> done{false};
  start_once();
  const std::jthread writing([&] {
    Writer writer(log());
    int rotations = 0;
    for (int i = 0; i < kLines; ++i) {
      const std::string line = "line " + std::to_string(i) + "\n";
      writer.write(line.substr(0, 4));
      writer.write(line.substr(4));
      if (i % 10'000 == 5'000) fs::rename(log(), log() + "." + std::to_string(++rotations));
      if (i % 10'000 == 5'040) writer.reopen();
    }
    done = true;
  });
  int starts = 0;
  for (; !done; ++starts) {
    const Following following(shared, {{log()}});
    const auto before = shared.gathered.size();
    eventually([&] { return done || shared.gathered.size() > before + 500; });
  }
  const Following last(shared, {{log()}});
  const bool all = reaches(kLines);
  const auto counts = shared.gathered.counts();
  ASSERT_TRUE(all) << missing(counts, kLines);
  EXPECT_GT(starts, 1);
  EXPECT_EQ(counts.size(), static_cast<std::size_t>(kLines));
  for (const auto& [line, count] : counts) ASSERT_EQ(count, 1) << line;
}

}  // namespace
}  // namespace wayside
