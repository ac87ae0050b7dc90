#include "collectors/host/disk/mounts_text.h"

#include <gtest/gtest.h>

#include <string>

namespace wayside {
namespace {

MountedDevice only(std::string_view line) {
  const auto mounts = parse_mounts(line);
  EXPECT_EQ(mounts.size(), 1U) << line;
  return mounts.empty() ? MountedDevice{} : mounts[0];
}

TEST(MountsText, ALineIsADeviceAPlaceATypeAndOptions) {
  const auto mount = only("/dev/vda1 /srv ext4 rw,relatime,errors=remount-ro 0 0\n");
  EXPECT_EQ(mount.device, "/dev/vda1");
  EXPECT_EQ(mount.point, "/srv");
  EXPECT_EQ(mount.type, "ext4");
  EXPECT_FALSE(mount.read_only);
}

TEST(MountsText, ReadOnlyIsAnOptionOfItsOwn) {
  EXPECT_TRUE(only("d / ext4 ro 0 0").read_only);
  EXPECT_TRUE(only("d / ext4 nosuid,ro,relatime 0 0").read_only);
  EXPECT_TRUE(only("d / ext4 relatime,ro").read_only);
  EXPECT_FALSE(only("d / ext4 rw,erro,roo,ro=1, 0 0").read_only);
}

TEST(MountsText, EscapesOfThePlaceAreUndoneAndThoseOfTheDeviceStay) {
  const auto mount = only("//server/my\\040share /mnt/a\\040b\\011c\\012d\\134e cifs rw 0 0\n");
  EXPECT_EQ(mount.device, "//server/my\\040share");
  EXPECT_EQ(mount.point, "/mnt/a b\tc\nd\\e");
  EXPECT_EQ(only("d /a\\04 ext4 rw").point, "/a\\04");
  EXPECT_EQ(only("d /a\\777 ext4 rw").point, "/a\\777");
}

TEST(MountsText, ADeviceMayHaveNoName) {
  const auto mount = only(" /srv tmpfs rw,relatime 0 0\n");
  EXPECT_EQ(mount.device, "");
  EXPECT_EQ(mount.point, "/srv");
  EXPECT_EQ(mount.type, "tmpfs");
}

TEST(MountsText, BytesMayBeAny) {
  const auto mount = only("\xff\xfe /\xc3( \x80 rw\n");
  EXPECT_EQ(mount.device, "\xff\xfe");
  EXPECT_EQ(mount.point, "/\xc3(");
  EXPECT_EQ(mount.type, "\x80");
}

TEST(MountsText, WhatIsNoMountIsLeftOut) {
  for (const std::string_view line :
       {"", "\n", " \t\n", "d\n", "d /\n", "d / ext4\n", "d srv ext4 rw 0 0\n",
        "d \\040/srv ext4 rw 0 0\n", "d /a\\000b ext4 rw 0 0\n"}) {
    EXPECT_TRUE(parse_mounts(line).empty()) << line;
  }
  EXPECT_EQ(parse_mounts("nonsense\nd / ext4 rw\n\nd /b").size(), 1U);
}

TEST(MountsText, LongLinesAreReadAndLongTablesAreCut) {
  const std::string path = "/" + std::string(100'000, 'x');
  EXPECT_EQ(only("d " + path + " overlay lowerdir=" + path + ",ro 0 0\n").point, path);
  std::string table;
  for (std::size_t i = 0; i <= MountedDevice::kMost; ++i) table += "d / ext4 rw\n";
  EXPECT_EQ(parse_mounts(table).size(), MountedDevice::kMost);
}

}  // namespace
}  // namespace wayside
