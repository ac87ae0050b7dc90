#include "agent/system/mountinfo.h"

#include <gtest/gtest.h>

#include <string>

namespace wayside {
namespace {

TEST(Mountinfo, OptionalFieldsOfAnyNumberAreSkipped) {
  const auto mounts = parse_mountinfo(
      "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue\n"
      "37 35 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n"
      "38 35 0:30 /a /b ro shared:1 master:2 propagate_from:3 - cgroup2 none rw\n");
  ASSERT_EQ(mounts.size(), 3U);
  EXPECT_EQ(mounts[0].root, "/mnt1");
  EXPECT_EQ(mounts[0].point, "/mnt2");
  EXPECT_EQ(mounts[0].type, "ext3");
  EXPECT_EQ(mounts[0].options, "rw,errors=continue");
  EXPECT_EQ(mounts[1].options, "rw,cpu");
  EXPECT_EQ(mounts[2].type, "cgroup2");
}

TEST(Mountinfo, ASourceMayHaveNoName) {
  const auto mounts = parse_mountinfo("37 35 0:29 / /sys/fs/cgroup/cpu rw - cgroup  rw,cpu\n");
  ASSERT_EQ(mounts.size(), 1U);
  EXPECT_EQ(mounts[0].type, "cgroup");
  EXPECT_EQ(mounts[0].options, "rw,cpu");
}

TEST(Mountinfo, EscapesOfTheKernelAreUndone) {
  const auto mounts = parse_mountinfo("1 2 0:1 /a\\040b /c\\011d\\134e\\012 rw - ext4 x rw\n");
  ASSERT_EQ(mounts.size(), 1U);
  EXPECT_EQ(mounts[0].root, "/a b");
  EXPECT_EQ(mounts[0].point, "/c\td\\e\n");
}

TEST(Mountinfo, ABackslashThatBeginsNoEscapeStays) {
  EXPECT_EQ(unescape_mount("a\\"), "a\\");
  EXPECT_EQ(unescape_mount("a\\04"), "a\\04");
  EXPECT_EQ(unescape_mount("\\089"), "\\089");
  EXPECT_EQ(unescape_mount("\\777"), "\\777") << "no byte has that value";
  EXPECT_EQ(unescape_mount("\\134040"), "\\040") << "undone once";
}

TEST(Mountinfo, LinesThatAreNoneAreLeftOut) {
  for (const char* text : {"", "\n\n", "garbage", "1 2 0:1 / /x rw", "1 2 0:1 / /x rw -",
                           "1 2 0:1 / x rw - ext4 d rw", "1 2 0:1 / /x rw shared:1 ext4 d rw"}) {
    EXPECT_TRUE(parse_mountinfo(text).empty()) << text;
  }
  using std::string_literals::operator""s;
  EXPECT_EQ(parse_mountinfo("\0\n1 2 0:1 / /x rw - ext4 d rw"s).size(), 1U);
}

}  // namespace
}  // namespace wayside
