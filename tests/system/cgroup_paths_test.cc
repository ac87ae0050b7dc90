#include "agent/system/cgroup_paths.h"

#include <gtest/gtest.h>

#include <string>

namespace wayside {
namespace {

TEST(CgroupPathsOfAProcess, AreByHierarchyAndController) {
  const auto paths = parse_proc_cgroup(
      "9:name=systemd:/user.slice\n4:memory:/jobs/a\n2:cpu,cpuacct:/jobs\n0::/init.scope\n");
  EXPECT_EQ(paths.unified, "/init.scope");
  ASSERT_NE(paths.of("memory"), nullptr);
  EXPECT_EQ(*paths.of("memory"), "/jobs/a");
  EXPECT_EQ(*paths.of("cpuacct"), "/jobs");
  EXPECT_EQ(paths.of("cpu"), paths.of("cpuacct"));
  EXPECT_EQ(paths.of("pids"), nullptr);
  EXPECT_EQ(paths.of("mem"), nullptr) << "no controller by a part of its name";
}

TEST(CgroupPathsOfAProcess, MayHaveColonsSpacesAndAnyBytes) {
  const auto paths = parse_proc_cgroup("0::/a:b/c d/\xff,x (deleted)\n");
  EXPECT_EQ(paths.unified, "/a:b/c d/\xff,x (deleted)");
}

TEST(CgroupPathsOfAProcess, LinesThatAreNoneAreLeftOut) {
  for (const char* text : {"", ":", "::", "0:", "0::", "0::relative", "x::/a", "1::/a", "-1::/a",
                           "99999999999999999999:memory:/a", "4:memory"}) {
    EXPECT_EQ(parse_proc_cgroup(text), CgroupPaths{}) << text;
  }
}

TEST(PathBelow, IsTheWayFromWhatIsMounted) {
  struct Case {
    const char *root, *path, *below;
  };
  for (const Case& c : {Case{"/", "/", ""}, Case{"/", "/a/b", "a/b"}, Case{"/a", "/a", ""},
                        Case{"/a", "/a/b", "b"}, Case{"/docker/x/", "/docker//x/y", "y"},
                        Case{"/../..", "/../../a/b", "a/b"}, Case{"/../a", "/../a/b", "b"}}) {
    EXPECT_EQ(path_below(c.root, c.path), c.below) << c.root << " " << c.path;
  }
}

TEST(PathBelow, IsNothingWhereTheCgroupIsElsewhereOrHidden) {
  struct Case {
    const char *root, *path, *why;
  };
  for (const Case& c : {Case{"/a", "/b", "a sibling"}, Case{"/a", "/ab", "its name begins so"},
                        Case{"/a/b", "/a", "above"}, Case{"/", "/../a", "outside the namespace"},
                        Case{"/..", "/", "the namespace hides its root's name"},
                        Case{"/../..", "/../a", "hidden by a level"},
                        Case{"/", "/a/../b", "no path of the kernel's"}, Case{"/", "/a/./b", ""},
                        Case{"", "/a", ""}, Case{"/", "", ""}, Case{"/", "a", ""}}) {
    EXPECT_EQ(path_below(c.root, c.path), std::nullopt) << c.root << " " << c.path << " " << c.why;
  }
  EXPECT_EQ(path_below("/", std::string("/a\0b", 4)), std::nullopt);
}

}  // namespace
}  // namespace wayside
