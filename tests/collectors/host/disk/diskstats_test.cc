#include "collectors/host/disk/diskstats.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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

TEST(DiskstatsText, KernelsHaveElevenFifteenOrSeventeenColumns) {
  const auto disks = parse_diskstats(
      "   8       0 sda 1 2 3 4 5 6 7 8 9 10 11\n"
      "   8      16 sdb 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15\n"
      " 259       0 nvme0n1 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 18446744073709551615\n"
      " 252       0 vda 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 later\n");
  ASSERT_EQ(disks.size(), 4U);
  EXPECT_EQ(disks[0].known, 11U);
  EXPECT_EQ(disks[1].known, 15U);
  EXPECT_EQ(disks[2].known, 17U);
  EXPECT_EQ(disks[2].major, 259U);
  EXPECT_EQ(disks[2].device, "nvme0n1");
  EXPECT_EQ(disks[2].counters[16], 18'446'744'073'709'551'615U);
  EXPECT_EQ(disks[3].known, 17U);
}

TEST(DiskstatsText, WhatIsNoDeviceIsLeftOut) {
  for (const std::string_view line :
       {"", "\n", "8 0 sda\n", "8 1 sda1 1 2 3 4\n", "8 0 sda 1 2 3 4 5 6 7 8 9 10\n",
        "8 0 sda 1 2 3 4 5 -6 7 8 9 10 11\n", "8 0 sda 1 2 3 4 5 6 7 8 9 10 11 x\n",
        "8 sda 1 2 3 4 5 6 7 8 9 10 11 12\n",
        "8 0 sda 1 2 3 18446744073709551616 5 6 7 8 9 10 11\n",
        "4294967296 0 sda 1 2 3 4 5 6 7 8 9 10 11\n"}) {
    EXPECT_THAT(parse_diskstats(line), IsEmpty()) << line;
  }
  EXPECT_EQ(parse_diskstats("8 0 a 1 2 3 4 5 6 7 8 9 10 11\n8 0 a 1 2 3 4 5 6 7 8 9 10 12").size(),
            1U);
  EXPECT_EQ(parse_diskstats("8 0 \xff!x\" 1 2 3 4 5 6 7 8 9 10 11")[0].device, "\xff!x\"");
}

TEST(UdevText, PropertiesAreTheLinesOfE) {
  const auto properties = UdevProperties::parse(
      "S:disk/by-id/x\nE:ID_MODEL=a=b \nE:ID_PATH=first\nE:ID_PATH=last\nE:ID_WWN\nE:=x\n"
      "  E:ID_FS_TYPE=no\nE:ID_REVISION=\xff\nI:12");
  EXPECT_EQ(properties["ID_MODEL"], "a=b ");
  EXPECT_EQ(properties["ID_PATH"], "last");
  EXPECT_EQ(properties["ID_WWN"], "");
  EXPECT_EQ(properties[""], "");
  EXPECT_EQ(properties["ID_FS_TYPE"], "");
  EXPECT_EQ(properties["ID_REVISION"], "\xff");
}

TEST(UdevText, IsBounded) {
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += "E:N" + std::to_string(i) + "=x\n";
  const auto properties = UdevProperties::parse(text);
  EXPECT_EQ(properties["N255"], "x");
  EXPECT_EQ(properties["N256"], "");
}

class DiskstatsPartTest : public testing::Test {
 protected:
  std::vector<std::string> read(std::string_view table) {
    std::filesystem::create_directories(dir_ / "proc");
    support::write_file(dir_ / "proc/diskstats", table);
    if (!part_) part_ = diskstats_part(host_.context());
    FamilyList families;
    outcome_ = part_->read(families);
    return lines_of(families);
  }
  void udev(const std::string& device, std::string_view text) const {
    std::filesystem::create_directories(dir_ / "root/run/udev/data");
    support::write_file(dir_ / "root/run/udev/data" / device, text);
  }

  support::TempDir dir_;
  FixtureHost host_{dir_.path()};
  std::unique_ptr<HostPart> part_;
  Outcome outcome_;
};

TEST_F(DiskstatsPartTest, TimesAreSecondsAndSectorsBytes) {
  const auto lines = read("8 0 sda 1 2 3 4500 5 6 7 8250 9 10001 11 12 13 14 15 16 17\n");
  for (const char* line :
       {"reads_completed_total{device=\"sda\"} 1", "read_bytes_total{device=\"sda\"} 1536",
        "read_time_seconds_total{device=\"sda\"} 4.5", "writes_merged_total{device=\"sda\"} 6",
        "write_time_seconds_total{device=\"sda\"} 8.25", "io_now{device=\"sda\"} 9",
        "io_time_seconds_total{device=\"sda\"} 10.001",
        "discarded_sectors_total{device=\"sda\"} 14",
        "flush_requests_time_seconds_total{device=\"sda\"} 0.017"}) {
    EXPECT_THAT(lines, Contains(std::string("node_disk_") + line));
  }
}

TEST_F(DiskstatsPartTest, WhatAKernelDoesNotCountIsAbsent) {
  const auto lines = read("8 0 sda 1 2 3 4 5 6 7 8 9 10 11\n");
  EXPECT_THAT(lines, Not(Contains(HasSubstr("discard"))));
  EXPECT_THAT(lines, Not(Contains(HasSubstr("flush"))));
}

// Kernels before 5.0 may count one too few, and write that as 2^32 less one.
TEST_F(DiskstatsPartTest, RequestsBelowZeroAreAbsent) {
  for (const char* now : {"4294967295", "18446744073709551615", "2147483648"}) {
    const auto lines = read("8 0 sda 1 2 3 4 5 6 7 8 " + std::string(now) + " 10 11\n");
    EXPECT_THAT(lines, Not(Contains(HasSubstr("io_now")))) << now;
    EXPECT_THAT(lines, Contains("node_disk_io_time_seconds_total{device=\"sda\"} 0.01"));
  }
}

TEST_F(DiskstatsPartTest, PartitionsAndLoopDevicesAreIgnoredUnlessToldOtherwise) {
  const std::string rest = " 1 2 3 4 5 6 7 8 9 10 11\n";
  std::string table;
  for (const char* name : {"sda1", "xvda12", "vdb2", "hdc3", "nvme0n1p1", "loop7", "ram0", "fd0"}) {
    table += "8 0 " + std::string(name) + rest;
  }
  EXPECT_THAT(read(table), IsEmpty());
  EXPECT_EQ(outcome_.state, Outcome::State::ok);
  for (const char* name : {"sda", "dm-0", "md127", "nvme0n1", "zram0", "mmcblk0p1", "sr0"}) {
    EXPECT_THAT(read("8 0 " + std::string(name) + rest), Not(IsEmpty())) << name;
  }
  part_.reset();
  host_.config.devices_ignore = "^sd";
  EXPECT_THAT(read("8 0 sda" + rest), IsEmpty());
  EXPECT_THAT(read("7 0 loop0" + rest), Not(IsEmpty()));
}

TEST_F(DiskstatsPartTest, WithoutUdevADiskHasItsNumbersAlone) {
  EXPECT_THAT(read("8 16 sdb 1 2 3 4 5 6 7 8 9 10 11\n"),
              Contains("node_disk_info{device=\"sdb\",major=\"8\",minor=\"16\"} 1"));
}

TEST_F(DiskstatsPartTest, AtaFiguresThatAreNoneAreAbsent) {
  udev("b8:0", "E:ID_ATA=1\nE:ID_ATA_WRITE_CACHE=x\nE:ID_ATA_ROTATION_RATE_RPM=inf\n");
  udev("b8:16", "E:ID_ATA_WRITE_CACHE=1\n");
  const auto lines = read("8 0 sda 1 2 3 4 5 6 7 8 9 10 11\n8 16 sdb 1 2 3 4 5 6 7 8 9 10 11\n");
  EXPECT_THAT(lines, Not(Contains(HasSubstr("node_disk_ata"))));
}

TEST_F(DiskstatsPartTest, AHostMayHaveNoDisks) {
  EXPECT_THAT(read(""), IsEmpty());
  EXPECT_EQ(outcome_.state, Outcome::State::nothing_there);
  EXPECT_THAT(read("nonsense\n"), IsEmpty());
  EXPECT_EQ(outcome_.state, Outcome::State::failed);
}

}  // namespace
}  // namespace wayside
