#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "tests/collectors/access_log/source/follow_fixture.h"

namespace wayside {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

class Hostile : public testing::Test {
 protected:
  bool reaches(std::size_t lines) {
    return eventually([&] { return shared.gathered.size() >= lines; });
  }
  std::vector<std::string> lines() { return shared.gathered.lines(); }
  std::string log() const { return dir.file("access.log"); }

  TempDir dir;
  Following::Shared shared;
};

TEST_F(Hostile, AHoleOfATerabyteIsOneLineThatIsTooLongAndTakesNoTime) {
  append(log(), "1\n");
  const Following following(shared, {{log(), true}});
  ASSERT_TRUE(reaches(1));
  std::error_code error;
  fs::resize_file(log(), 1ULL << 40U, error);
  if (error) GTEST_SKIP() << "no such files here: " << error.message();
  append(log(), "the end of the hole\n2\n");
  ASSERT_TRUE(reaches(2));
  EXPECT_THAT(lines(), ElementsAre("1", "2"));
  EXPECT_EQ(shared.gathered.long_lines(), 1U);
}

TEST_F(Hostile, AFileThatBeginsWithAHoleBeginsBehindIt) {
  append(log(), "");
  std::error_code error;
  fs::resize_file(log(), (1ULL << 40U) + 17, error);
  if (error) GTEST_SKIP() << "no such files here: " << error.message();
  const Following following(shared, {{log(), true}});
  append(log(), "1\n2\n");
  ASSERT_TRUE(reaches(2));
  EXPECT_THAT(lines(), ElementsAre("1", "2"));
}

TEST_F(Hostile, ZerosWithinALineAreHandedOnWithIt) {
  const std::string line("a\0b\0\0c", 6);
  append(log(), "1\n" + line + "\n2\n");
  const Following following(shared, {{log(), true}});
  ASSERT_TRUE(reaches(3));
  EXPECT_THAT(lines(), ElementsAre("1", line, "2"));
}

TEST_F(Hostile, AFileWhoseNameBecomesADirectoryIsReadToItsEnd) {
  const Writer writer(log());
  writer.write("1\n");
  const Following following(shared, {{log(), true}});
  ASSERT_TRUE(reaches(1));
  fs::remove(log());
  fs::create_directory(log());
  ASSERT_TRUE(eventually([&] { return shared.log.has("is no regular file"); }));
  writer.write("2\n");
  ASSERT_TRUE(reaches(2));
  fs::remove(log());
  append(log(), "3\n");
  ASSERT_TRUE(reaches(3));
  EXPECT_THAT(lines(), ElementsAre("1", "2", "3"));
  EXPECT_EQ(shared.log.count("is no regular file"), 1U);
}

TEST_F(Hostile, PermissionThatIsTakenAwayStopsNothingThatIsOpen) {
  const Writer writer(log());
  writer.write("1\n");
  const Following following(shared, {{log(), true}});
  ASSERT_TRUE(reaches(1));
  fs::permissions(log(), fs::perms::none);
  writer.write("2\n");
  ASSERT_TRUE(reaches(2));
  EXPECT_THAT(lines(), ElementsAre("1", "2"));
}

TEST_F(Hostile, MoreFilesThanMayBeOpenAreToldOnceAndTheOthersAreRead) {
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  rlimit few = before;
  few.rlim_cur = 128;
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
  for (int i = 0; i < 200; ++i) append(dir.file(std::to_string(i) + ".log"), "line\n");
  {
    const Following following(shared, {{dir.file("*.log"), true}});
    EXPECT_TRUE(eventually([&] { return following.stats().files == 64; }));
    EXPECT_TRUE(reaches(64));
  }
  ::setrlimit(RLIMIT_NOFILE, &before);
  EXPECT_EQ(shared.log.count("more than 64 files match"), 1U);
  EXPECT_EQ(shared.gathered.size(), 64U);
}

}  // namespace
}  // namespace wayside
