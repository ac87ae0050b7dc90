#include "collectors/host/network/netclass.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/collectors/host/lines.h"

namespace wayside {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> lines_of(const NetClassDevice& device) {
  FamilyList out;
  add_net_class({&device, 1}, out);
  return wayside::lines_of(out);
}

TEST(NetClass, TellsWhatADeviceIs) {
  const auto lines = lines_of(NetClassDevice{
      "eth0", {{"operstate", "up"}, {"mtu", "1500"}, {"speed", "1000"}, {"flags", "0x1003"}}});
  EXPECT_THAT(lines, Contains("node_network_up{device=\"eth0\"} 1"));
  EXPECT_THAT(lines, Contains("node_network_mtu_bytes{device=\"eth0\"} 1500"));
  EXPECT_THAT(lines, Contains("node_network_speed_bytes{device=\"eth0\"} 125000000"));
  EXPECT_THAT(lines, Contains("node_network_flags{device=\"eth0\"} 4099"));
}

TEST(NetClass, WhatADriverDoesNotAnswerIsAbsent) {
  const auto lines = lines_of(NetClassDevice{"tun0", {{"mtu", "many"}}});
  EXPECT_THAT(lines, Not(Contains(HasSubstr("mtu"))));
  EXPECT_THAT(lines, Not(Contains(HasSubstr("_up"))));
  EXPECT_THAT(lines, Not(Contains(HasSubstr("speed"))));
}

TEST(NetClass, NumbersAreDecimalOrHexadecimal) {
  EXPECT_EQ(parse_net_class_number("1500\n"), 1500);
  EXPECT_EQ(parse_net_class_number("-1\n"), -1);
  EXPECT_EQ(parse_net_class_number("0x0"), 0);
  EXPECT_EQ(parse_net_class_number("0xffffffffffffffff"), 18446744073709551615.0);
  for (const char* text : {"", "\n", "0x", "0xg", "12x", "1.5", "0x1ffffffffffffffff", "--1"}) {
    EXPECT_FALSE(parse_net_class_number(text)) << text;
  }
}

}  // namespace
}  // namespace wayside
