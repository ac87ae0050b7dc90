#include "collectors/host/disk/filesystem.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <string>

#include "tests/collectors/host/fixture_host.h"
#include "tests/collectors/host/lines.h"
#include "tests/support/temp_dir.h"

namespace wayside {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class FilesystemPartTest : public testing::Test {
 protected:
  void mounts(std::string_view text, const std::string& process = "1") const {
    std::filesystem::create_directories(dir_ / "proc" / process);
    support::write_file(dir_ / "proc" / process / "mounts", text);
  }
  std::vector<std::string> read() {
    if (!part_) part_ = filesystem_part(host_.context());
    FamilyList families;
    outcome_ = part_->read(families);
    return lines_of(families);
  }

  support::TempDir dir_;
  FixtureHost host_{dir_.path()};
  std::unique_ptr<HostPart> part_;
  Outcome outcome_;
};

TEST_F(FilesystemPartTest, BlocksAreCountedInFragments) {
  mounts("/dev/vda1 /srv ext4 ro 0 0\n");
  const auto lines = read();
  const std::string labels = "{device=\"/dev/vda1\",fstype=\"ext4\",mountpoint=\"/srv\"} ";
  for (const char* line :
       {"size_bytes 107374182400", "free_bytes 32212254720", "avail_bytes 26843545600",
        "files 6553600", "files_free 6123456", "readonly 1", "device_error 0"}) {
    const std::string text = line;
    const std::size_t space = text.find(' ');
    EXPECT_THAT(lines, Contains("node_filesystem_" + text.substr(0, space) + labels +
                                text.substr(space + 1)));
  }
}

TEST_F(FilesystemPartTest, OneThatTellsNothingIsAnErrorAndNothingElse) {
  mounts("nas:/x /srv/old nfs4 ro 0 0\n");
  EXPECT_THAT(read(), testing::ElementsAre("node_filesystem_device_error{device=\"nas:/x\","
                                           "fstype=\"nfs4\",mountpoint=\"/srv/old\"} 1"));
  EXPECT_EQ(outcome_.state, Outcome::State::ok);
}

TEST_F(FilesystemPartTest, WhatIsIgnoredIsNotAsked) {
  host_.config.mount_points_ignore = "^/srv/old$";
  host_.config.filesystems_ignore = "";
  mounts("nas:/x /srv/old nfs4 ro 0 0\nproc /proc proc rw 0 0\n");
  const auto lines = read();
  EXPECT_THAT(lines, Not(Contains(HasSubstr("/srv/old"))));
  EXPECT_THAT(lines, Contains(HasSubstr("device_error{device=\"proc\"")));
}

TEST_F(FilesystemPartTest, NodeExportersDefaultsAreIgnored) {
  for (const char* point : {"/dev/shm", "/proc", "/run/user/1000", "/sys/fs/x", "/mnt", "/media/a",
                            "/var/lib/docker/overlay2", "/var/lib/containers/storage/overlay"}) {
    mounts("d " + std::string(point) + " ext4 rw 0 0\n");
    EXPECT_THAT(read(), IsEmpty()) << point;
  }
  for (const char* type : {"overlay", "cgroup", "cgroup2", "squashfs", "bpf", "nsfs"}) {
    mounts("d /x " + std::string(type) + " rw 0 0\n");
    EXPECT_THAT(read(), IsEmpty()) << type;
  }
  for (const char* point : {"/device", "/running", "/var/lib/docker", "/srv/mnt"}) {
    mounts("d " + std::string(point) + " ext4 rw 0 0\n");
    EXPECT_THAT(read(), Not(IsEmpty())) << point;
  }
  mounts("d /x fuse.overlay rw 0 0\n");
  EXPECT_THAT(read(), Not(IsEmpty()));
}

// What a path tells is of the mount that covers the others there.
TEST_F(FilesystemPartTest, OfMountsAtOnePlaceTheLastIsTold) {
  mounts("a /a tmpfs rw 0 0\nb /b tmpfs rw 0 0\na /a tmpfs ro,size=2048k 0 0\n");
  auto lines = read();
  EXPECT_THAT(lines,
              testing::IsSupersetOf(
                  {"node_filesystem_readonly{device=\"a\",fstype=\"tmpfs\",mountpoint=\"/a\"} 1",
                   "node_filesystem_readonly{device=\"b\",fstype=\"tmpfs\",mountpoint=\"/b\"} 0"}));
  mounts("a /a tmpfs rw 0 0\nother /a ext4 rw 0 0\n");
  lines = read();
  EXPECT_THAT(lines, Contains(HasSubstr("size_bytes{device=\"other\"")));
  EXPECT_THAT(lines, Not(Contains(HasSubstr("device=\"a\""))));
}

TEST_F(FilesystemPartTest, WhatAnIgnoredMountCoversIsNotTold) {
  mounts(
      "a /a ext4 rw 0 0\nover /a overlay rw 0 0\nauto /n autofs rw 0 0\nnas:/n /n nfs4 rw 0 0\n");
  const auto lines = read();
  EXPECT_THAT(lines, Not(Contains(HasSubstr("mountpoint=\"/a\""))));
  EXPECT_THAT(lines, Contains(HasSubstr("size_bytes{device=\"nas:/n\"")));
}

TEST_F(FilesystemPartTest, WithoutTheFirstProcessMountsItsOwnAreRead) {
  mounts("d /srv ext4 rw 0 0\n", "self");
  std::filesystem::create_symlink("self/mounts", dir_ / "proc/mounts");
  EXPECT_THAT(read(), Contains(HasSubstr("mountpoint=\"/srv\"")));
}

TEST_F(FilesystemPartTest, WithoutMountsThereIsNothing) {
  EXPECT_THAT(read(), IsEmpty());
  EXPECT_EQ(outcome_.state, Outcome::State::nothing_there);
  mounts("nonsense\n");
  EXPECT_THAT(read(), IsEmpty());
  EXPECT_EQ(outcome_.state, Outcome::State::failed);
}

TEST_F(FilesystemPartTest, PathsOfAHostSeenFromAContainerAreTheHosts) {
  const std::string root = (dir_ / "root").string();
  mounts("d " + root + " ext4 rw 0 0\nd " + root + "/srv ext4 rw 0 0\nd " + root +
         "2 ext4 rw 0 0\n");
  const auto lines = read();
  EXPECT_THAT(lines,
              Contains(HasSubstr("size_bytes{device=\"d\",fstype=\"ext4\",mountpoint=\"/\"}")));
  EXPECT_THAT(lines, Contains(HasSubstr("mountpoint=\"/srv\"")));
  EXPECT_THAT(lines, Contains(HasSubstr("mountpoint=\"" + root + "2\"")));
}

TEST_F(FilesystemPartTest, OddNamesAreMendedAndNotLost) {
  mounts("a\\040\"b /\xff\\012x ext4 rw 0 0\n");
  const auto lines = read();
  EXPECT_THAT(lines, Contains(HasSubstr("size_bytes{device=\"a\\\\040\\\"b\"")));
  EXPECT_THAT(lines, Not(Contains(HasSubstr("invalid"))));
}

}  // namespace
}  // namespace wayside
