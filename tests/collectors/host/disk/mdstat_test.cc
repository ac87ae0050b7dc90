#include "collectors/host/disk/mdstat.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/collectors/host/lines.h"

namespace wayside {
namespace {

using testing::IsEmpty;
using testing::IsSupersetOf;
using State = RaidArray::State;

RaidArray only(std::string_view text) {
  const auto arrays = parse_mdstat(text);
  EXPECT_EQ(arrays.size(), 1U) << text;
  return arrays.empty() ? RaidArray{} : arrays[0];
}

TEST(Mdstat, ADegradedArrayNeedsMoreDisksThanWork) {
  EXPECT_THAT(lines_of(add_mdstat,
                       "Personalities : [raid1]\n"
                       "md6 : active raid1 sdb2[2](F) sdc[1](S) sda2[0]\n"
                       "      195310144 blocks super 1.2 [2/1] [U_]\n"
                       "      [=>....]  recovery =  8.5% (16775552/195310144) finish=17.0min\n"
                       "\nunused devices: <none>\n"),
              IsSupersetOf({"node_md_state{device=\"md6\",state=\"recovering\"} 1",
                            "node_md_state{device=\"md6\",state=\"active\"} 0",
                            "node_md_disks{device=\"md6\",state=\"active\"} 1",
                            "node_md_disks{device=\"md6\",state=\"failed\"} 1",
                            "node_md_disks{device=\"md6\",state=\"spare\"} 1",
                            "node_md_disks_required{device=\"md6\"} 2",
                            "node_md_blocks{device=\"md6\"} 195310144",
                            "node_md_blocks_synced{device=\"md6\"} 16775552"}));
}

TEST(Mdstat, ArraysWithoutRedundancyNeedAllOfTheirDisks) {
  const auto array =
      only("md10 : active raid0 sda1[0] sdb1[1]\n      314159265 blocks 64k chunks\n");
  EXPECT_EQ(array.active, 2U);
  EXPECT_EQ(array.required, 2U);
  EXPECT_EQ(array.synced, 314159265U);
  EXPECT_EQ(only("md1 : active (read-only) linear sda1[1]\n").required, 1U);
  EXPECT_EQ(only("md1 : active raid10 sda1[1]\n 1 blocks [4/3] [UUU_]\n").active, 3U);
}

TEST(Mdstat, OfAnInactiveArrayNoDiskWorksAndNoneIsKnownToBeNeeded) {
  const auto array = only("md2 : inactive sdc[2](S) sda[1](S)\n      7932 blocks super external\n");
  EXPECT_EQ(array.state, State::inactive);
  EXPECT_EQ(array.active, 0U);
  EXPECT_EQ(array.required, std::nullopt);
  EXPECT_EQ(array.spare, 2U);
}

TEST(Mdstat, WhatIsDoneToAnArrayIsItsState) {
  const std::string front = "md1 : active raid1 a[0] b[1]\n  90 blocks [2/2] [UU]\n";
  EXPECT_EQ(only(front).state, State::active);
  EXPECT_EQ(only(front).synced, 90U);
  EXPECT_EQ(only(front + "  bitmap: 0/30 pages [0KB], 65536KB chunk\n").state, State::active);
  EXPECT_EQ(only(front + "  bitmap: 9/30 pages\n  [>] check = 1% (7/90) x\n").state, State::check);
  EXPECT_EQ(only(front + "  \tresync=DELAYED\n").state, State::resync);
  EXPECT_EQ(only(front + "  \tresync=PENDING\n").synced, 0U);
  EXPECT_EQ(only(front + "  [>] resync = 1%\n").synced, std::nullopt);
}

TEST(Mdstat, WhatIsNoArrayIsLeftOut) {
  for (const std::string_view text :
       {"", "\n", "md1", "md1 :", "md1 active raid1\n", "md1 : broken raid1\n", " 5 blocks [2/2]\n",
        "unused devices: <none>\n"}) {
    EXPECT_THAT(parse_mdstat(text), IsEmpty()) << text;
    EXPECT_THAT(lines_of(add_mdstat, text), IsEmpty()) << text;
  }
  EXPECT_EQ(only("md1 : active raid1 a[0]\n x blocks\n 5 blocks [-1/2] [1/] [/1] [ (\n").active,
            std::nullopt);
  EXPECT_EQ(only("md1 : active raid1 a[0]\n\n 5 blocks [2/2]\n").blocks, std::nullopt);
  EXPECT_EQ(parse_mdstat("md1 : active raid1 a[0]\nmd1 : inactive\n").size(), 1U);
}

TEST(Mdstat, AKernelWithoutArraysHasFamiliesWithoutSamples) {
  FamilyList out;
  add_mdstat("Personalities : \nunused devices: <none>\n", out);
  EXPECT_EQ(out.size(), 5U);
  EXPECT_THAT(lines_of(out), IsEmpty());
}

}  // namespace
}  // namespace wayside
