#include "collectors/host/network/netclass.h"

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

TEST(NetclassText, NumbersAreDecimalOrHexadecimal) {
  EXPECT_EQ(parse_netclass_number("1500\n"), 1500);
  EXPECT_EQ(parse_netclass_number("-1\n"), -1);
  EXPECT_EQ(parse_netclass_number("0x1003\n"), 0x1003);
  EXPECT_EQ(parse_netclass_number("0"), 0);
  EXPECT_EQ(parse_netclass_number("12 \nmore"), 12);
}

TEST(NetclassText, WhatIsNoNumberIsNothing) {
  for (const std::string_view text : {"", "\n", "x", "0x", "0x-1", "0xg", "1 2", "+1", "--1",
                                      "9223372036854775808", "0x8000000000000000", "1.5", "\xff"}) {
    EXPECT_EQ(parse_netclass_number(text), std::nullopt) << text;
  }
}

TEST(NetclassText, TextsAreTheirFirstLine) {
  EXPECT_EQ(parse_netclass_text("uplink to rack 7\n"), "uplink to rack 7");
  EXPECT_EQ(parse_netclass_text("\n"), "");
  EXPECT_EQ(parse_netclass_text("a\xff\"b \nmore"), "a\xff\"b");
}

class NetclassPartTest : public testing::Test {
 protected:
  void put(const std::string& device, const std::string& file, std::string_view text) const {
    const auto folder = dir_ / "sys/class/net" / device;
    std::filesystem::create_directories(folder);
    support::write_file(folder / file, text);
  }
  std::vector<std::string> read() {
    part_ = netclass_part(host_.context());
    return read_again();
  }
  std::vector<std::string> read_again() {
    FamilyList families;
    outcome_ = part_->read(families);
    return lines_of(families);
  }

  support::TempDir dir_;
  FixtureHost host_{dir_.path()};
  std::unique_ptr<HostPart> part_;
  Outcome outcome_;
};

TEST_F(NetclassPartTest, OnlyWhatCanBeReadIsTold) {
  put("eth0", "ifindex", "2\n");
  put("eth0", "mtu", "9000\n");
  put("eth0", "carrier_changes", "nonsense\n");
  EXPECT_THAT(read(),
              testing::UnorderedElementsAre("node_network_info{device=\"eth0\"} 1",
                                            "node_network_iface_id{device=\"eth0\"} 2",
                                            "node_network_mtu_bytes{device=\"eth0\"} 9000"));
}

TEST_F(NetclassPartTest, SpeedIsInBytesAndAbsentWhereItIsNotKnown) {
  put("eth0", "ifindex", "2\n");
  put("eth0", "speed", "10000\n");
  EXPECT_THAT(read(), Contains("node_network_speed_bytes{device=\"eth0\"} 1250000000"));
  put("eth0", "speed", "-1\n");
  EXPECT_THAT(read(), Not(Contains(HasSubstr("speed"))));
}

TEST_F(NetclassPartTest, ADeviceWorksWhereItsStateIsUp) {
  for (const auto& [state, value] :
       {std::pair{"up", "1"}, {"down", "0"}, {"unknown", "0"}, {"lowerlayerdown", "0"}}) {
    put("eth0", "ifindex", "2\n");
    put("eth0", "operstate", std::string(state) + "\n");
    EXPECT_THAT(read(), Contains(std::string("node_network_up{device=\"eth0\"} ") + value));
  }
}

TEST_F(NetclassPartTest, WhatIsNoDeviceOrGoneIsLeftOut) {
  put("", "bonding_masters", "bond0\n");
  put("half", "operstate", "up\n");
  std::filesystem::create_symlink("../../devices/gone", dir_ / "sys/class/net/gone");
  EXPECT_THAT(read(), IsEmpty());
  EXPECT_EQ(outcome_.state, Outcome::State::ok);
}

TEST_F(NetclassPartTest, ItsStateIsReadEachTimeAndTheRestOnceAMinute) {
  put("eth0", "ifindex", "2\n");
  put("eth0", "carrier", "1\n");
  put("eth0", "mtu", "1500\n");
  read();
  put("eth0", "mtu", "9000\n");
  EXPECT_THAT(read_again(), Contains("node_network_mtu_bytes{device=\"eth0\"} 1500"));
  std::filesystem::remove(dir_ / "sys/class/net/eth0/carrier");
  auto lines = read_again();
  EXPECT_THAT(lines, Not(Contains(HasSubstr("carrier"))));
  EXPECT_THAT(lines, Contains("node_network_mtu_bytes{device=\"eth0\"} 9000")) << "changed state";
  put("eth0", "mtu", "1400\n");
  host_.clock.advance(std::chrono::seconds(60));
  EXPECT_THAT(read_again(), Contains("node_network_mtu_bytes{device=\"eth0\"} 1400"));
}

TEST_F(NetclassPartTest, AnotherDeviceOfTheNameIsReadWhole) {
  put("eth0", "ifindex", "2\n");
  read();
  std::filesystem::rename(dir_ / "sys/class/net/eth0", dir_ / "sys/class/net/eth1");
  put("eth0", "ifindex", "7\n");
  EXPECT_THAT(read_again(), testing::IsSupersetOf({"node_network_iface_id{device=\"eth0\"} 7",
                                                   "node_network_iface_id{device=\"eth1\"} 2"}));
}

TEST_F(NetclassPartTest, OneThatIsGoingIsLeftOut) {
  put("eth0", "ifindex", "2\n");
  put("eth0", "operstate", "up\n");
  EXPECT_THAT(read(), Not(IsEmpty()));
  std::filesystem::remove(dir_ / "sys/class/net/eth0/operstate");
  std::filesystem::remove(dir_ / "sys/class/net/eth0/ifindex");
  EXPECT_THAT(read_again(), IsEmpty());
}

TEST_F(NetclassPartTest, DevicesAreLinksToTheirFolders) {
  put("../../devices/pci/net/eth0", "ifindex", "2\n");
  std::filesystem::create_directories(dir_ / "sys/class/net");
  std::filesystem::create_symlink("../../devices/pci/net/eth0", dir_ / "sys/class/net/eth0");
  EXPECT_THAT(read(), Contains("node_network_iface_id{device=\"eth0\"} 2"));
}

TEST_F(NetclassPartTest, WithoutTheFolderThereIsNothing) {
  EXPECT_THAT(read(), IsEmpty());
  EXPECT_EQ(outcome_.state, Outcome::State::nothing_there);
}

}  // namespace
}  // namespace wayside
