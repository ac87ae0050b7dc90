#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collectors/host/disk/disk_info.h"
#include "collectors/host/disk/diskstats.h"
#include "tests/collectors/host/lines.h"

namespace wayside {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kSda =
    "   8       0 sda 1 2 4 3000 5 6 8 7000 9 10 11 12 13 14 15 16 17\n";

std::vector<std::string> lines_of_disks(std::string_view text) {
  FamilyList out;
  add_disks(parse_diskstats(text), out);
  return lines_of(out);
}

TEST(DiskStatsText, NumbersAreInBaseUnits) {
  const auto lines = lines_of_disks(kSda);
  for (const char* line :
       {"reads_completed_total{device=\"sda\"} 1", "reads_merged_total{device=\"sda\"} 2",
        "read_bytes_total{device=\"sda\"} 2048", "read_time_seconds_total{device=\"sda\"} 3",
        "written_bytes_total{device=\"sda\"} 4096", "write_time_seconds_total{device=\"sda\"} 7",
        "io_now{device=\"sda\"} 9", "discarded_sectors_total{device=\"sda\"} 14",
        "flush_requests_total{device=\"sda\"} 16"}) {
    EXPECT_THAT(lines, Contains(std::string("node_disk_") + line));
  }
}

TEST(DiskStatsText, WhatAnOlderKernelDoesNotKnowIsAbsent) {
  const auto lines = lines_of_disks("8 0 sda 1 2 3 4 5 6 7 8 9 10 11\n");
  EXPECT_THAT(lines, Contains("node_disk_reads_completed_total{device=\"sda\"} 1"));
  EXPECT_THAT(lines, Not(Contains(HasSubstr("discard"))));
  EXPECT_THAT(lines, Not(Contains(HasSubstr("flush"))));
}

TEST(DiskStatsText, LinesThatAreNoneAreLeftOutAndTheRestIsNot) {
  for (const char* line : {"", "x 0 sda 1 2 3 4 5 6 7 8 9 10 11", "8 0 sda 1 2 3 4", "8 -1 sda 1",
                           "8 0", "99999999999 0 sda 1 2 3 4 5 6 7 8 9 10 11"}) {
    EXPECT_TRUE(parse_diskstats(line).empty()) << line;
    EXPECT_EQ(parse_diskstats(std::string(line) + "\n" + std::string(kSda)).size(), 1U) << line;
  }
  // A number out of range ends what is known.
  const auto cut = parse_diskstats("8 0 sda 1 2 3 4 5 6 7 8 9 10 11 99999999999999999999 13\n");
  ASSERT_EQ(cut.size(), 1U);
  EXPECT_EQ(cut[0].known, 11U);
}

TEST(DiskStats, PartitionsAndMemoryAreLeftOut) {
  for (const char* name :
       {"ram0", "loop12", "fd0", "sda1", "hdb2", "vdc3", "xvda1", "nvme0n1p1", "nvme10n2p15"}) {
    EXPECT_TRUE(is_left_out_disk(name)) << name;
  }
  for (const char* name :
       {"sda", "vda", "nvme0n1", "dm-0", "md0", "zram0", "sr0", "sdaa1", "mmcblk0", "mmcblk0p1", "",
        "1", "sd1", "nvmen1p1", "nvme0np1", "xnvme0n1p1"}) {
    EXPECT_FALSE(is_left_out_disk(name)) << name;
  }
}

TEST(UdevData, TellsWhatADiskIs) {
  DiskInfo info = parse_udev_data("S:x\nE:ID_MODEL=A=B\nE:PATH=/x\nID_WWN=no\nE:ID_PATH\n");
  EXPECT_EQ(info.properties.size(), 1U);
  info.device = "sda";
  info.major = "8";
  info.minor = "0";
  FamilyList out;
  add_disk_infos({&info, 1}, out);
  EXPECT_THAT(
      lines_of(out),
      ElementsAre("node_disk_info{device=\"sda\",major=\"8\",minor=\"0\",model=\"A=B\"} 1"));
}

TEST(UdevData, AnAtaDiskWithoutANumberHasNone) {
  DiskInfo info = parse_udev_data("E:ID_ATA=1\nE:ID_ATA_ROTATION_RATE_RPM=fast\n");
  FamilyList out;
  add_disk_infos({&info, 1}, out);
  EXPECT_THAT(lines_of(out), Not(Contains(HasSubstr("ata"))));
}

}  // namespace
}  // namespace wayside
