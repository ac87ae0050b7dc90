#include "collectors/host/network/netdev.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/collectors/host/lines.h"

namespace wayside {
namespace {

using testing::Contains;
using testing::Each;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kHeading =
    "Inter-|   Receive                                                |  Transmit\n"
    " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop "
    "fifo colls carrier compressed\n";

std::string table(std::string_view rows) {
  return std::string(kHeading) + std::string(rows);
}

TEST(NetDevText, ColumnsAreReceivedAndThenSent) {
  const auto devices = parse_net_dev(table("  eth0:1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n"));
  ASSERT_EQ(devices.size(), 1U);
  EXPECT_EQ(devices[0].name, "eth0");
  FamilyList out;
  add_net_devices(devices, out);
  const auto lines = lines_of(out);
  for (const char* line :
       {"receive_bytes_total{device=\"eth0\"} 1", "receive_errs_total{device=\"eth0\"} 3",
        "receive_frame_total{device=\"eth0\"} 6", "receive_multicast_total{device=\"eth0\"} 8",
        "transmit_bytes_total{device=\"eth0\"} 9", "transmit_colls_total{device=\"eth0\"} 14",
        "transmit_carrier_total{device=\"eth0\"} 15",
        "transmit_compressed_total{device=\"eth0\"} 16"}) {
    EXPECT_THAT(lines, Contains(std::string("node_network_") + line));
  }
  EXPECT_THAT(lines, Each(Not(HasSubstr("nohandler")))) << "not known, so absent";
}

TEST(NetDevText, ANameMayHoldAnything) {
  const auto devices =
      parse_net_dev(table("a:b: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n"
                          " \xff\"}: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 18446744073709551615\n"));
  ASSERT_EQ(devices.size(), 2U);
  EXPECT_EQ(devices[0].name, "a:b");
  EXPECT_EQ(devices[1].name, "\xff\"}");
  EXPECT_EQ(devices[1].counters[15], 18'446'744'073'709'551'615U);
}

// The kernel gives the table in pieces, between which devices come and go.
TEST(NetDevText, OfADeviceThatComesAgainTheFirstRowCounts) {
  const auto devices =
      parse_net_dev(table("eth0: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n"
                          "eth1: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n"
                          "eth0: 9 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n"));
  ASSERT_EQ(devices.size(), 2U);
  EXPECT_EQ(devices[0].counters[0], 1U);
  EXPECT_EQ(devices[1].name, "eth1");
}

TEST(NetDevText, WhatIsNoRowOrWouldLeaveTheFolderIsLeftOut) {
  for (const std::string_view row :
       {"eth0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n",
        "eth0: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15\n",
        "eth0: 1 2 3 4 5 6 7 -8 9 10 11 12 13 14 15 16\n",
        ": 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n",
        "../x: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n",
        "..: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n",
        "a b: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n", "eth0:", "\n"}) {
    EXPECT_TRUE(parse_net_dev(table(row)).empty()) << row;
  }
  EXPECT_TRUE(parse_net_dev("").empty());
}

}  // namespace
}  // namespace wayside
