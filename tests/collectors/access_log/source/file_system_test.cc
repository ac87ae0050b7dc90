#include "collectors/access_log/source/file_system.h"

#include <gtest/gtest.h>
#include <linux/magic.h>

#include "tests/collectors/access_log/source/follow_fixture.h"

namespace wayside {
namespace {

TEST(FileSystems, OfNetworksLayersAndProgramsAreSilent) {
  EXPECT_EQ(silent_file_system(NFS_SUPER_MAGIC), "NFS");
  EXPECT_EQ(silent_file_system(OVERLAYFS_SUPER_MAGIC), "overlayfs");
  EXPECT_EQ(silent_file_system(V9FS_MAGIC), "9p");
  EXPECT_EQ(silent_file_system(CEPH_SUPER_MAGIC), "Ceph");
  EXPECT_EQ(silent_file_system(FUSE_SUPER_MAGIC), "FUSE");
  EXPECT_EQ(silent_file_system(CIFS_SUPER_MAGIC), "CIFS");
  EXPECT_EQ(silent_file_system(SMB2_SUPER_MAGIC), "SMB2");
}

TEST(FileSystems, OfLocalDisksAndMemoryAreNot) {
  EXPECT_EQ(silent_file_system(EXT4_SUPER_MAGIC), "");
  EXPECT_EQ(silent_file_system(XFS_SUPER_MAGIC), "");
  EXPECT_EQ(silent_file_system(BTRFS_SUPER_MAGIC), "");
  EXPECT_EQ(silent_file_system(TMPFS_MAGIC), "");
  EXPECT_EQ(silent_file_system_of(-1), "");
}

TEST(FileSystems, ThatAreSilentAreToldOnceAndTheirFilesReadWhileTheBeatIsFarOff) {
  TempDir dir;
  Following::Shared shared;
  shared.silent = [](int) -> std::string_view { return "NFS"; };
  FollowTimes times = quick_times();
  times.beat = times.scan = Micros{3'600'000'000};
  times.poll = Micros{5000};
  append(dir.file("a.log"), "a\n");
  append(dir.file("b.log"), "b\n");
  const Following following(shared, {{dir.file("*.log"), true}}, times);
  ASSERT_TRUE(eventually([&] { return shared.gathered.size() == 2; }));
  append(dir.file("a.log"), "more\n");
  ASSERT_TRUE(eventually([&] { return shared.gathered.size() == 3; }));
  EXPECT_EQ(shared.log.count("is on NFS"), 1U);
}

}  // namespace
}  // namespace wayside
