#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "collectors/host/network/conntrack.h"
#include "collectors/host/network/netstat.h"
#include "collectors/host/network/packets.h"
#include "collectors/host/network/sockets.h"
#include "tests/collectors/host/lines.h"

namespace wayside {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Netstat, NamesAndValuesComeInPairsOfLines) {
  EXPECT_THAT(lines_of(add_netstat,
                       "TcpExt: TW ListenOverflows ListenDrops TCPTimeouts\nTcpExt: 1 2 3 4\n"
                       "Tcp: MaxConn RetransSegs InErrs\nTcp: -1 5 6\n"),
              ElementsAre("node_netstat_TcpExt_ListenOverflows 2",
                          "node_netstat_TcpExt_ListenDrops 3", "node_netstat_TcpExt_TCPTimeouts 4",
                          "node_netstat_Tcp_RetransSegs 5", "node_netstat_Tcp_InErrs 6"));
}

TEST(Netstat, CountersHaveAllOf64Bits) {
  EXPECT_THAT(lines_of(add_netstat, "IpExt: InOctets OutOctets\nIpExt: 18446744073709551615 -1\n"),
              testing::ElementsAre("node_netstat_IpExt_InOctets 1.8446744073709552e+19",
                                   "node_netstat_IpExt_OutOctets -1"));
}

TEST(Netstat, BrokenPairsAreLeftOut) {
  for (const std::string_view text :
       {"", "Tcp: InErrs\n", "Tcp: InErrs\nUdp: 1\n", "Tcp InErrs\nTcp 1\n",
        "Tcp: InErrs\nTcp: x\n", "Tcp: InErrs\nTcp:\n",
        "Tcp: InErrs\nTcp: 99999999999999999999\n"}) {
    EXPECT_THAT(lines_of(add_netstat, text), IsEmpty()) << text;
  }
  EXPECT_THAT(lines_of(add_netstat, "A-\xff: InErrs\nA-\xff: 1\n"), IsEmpty())
      << "no metric's name";
  EXPECT_THAT(lines_of(add_netstat, "Tcp: InErrs InErrs\nTcp: 1 2\n"),
              ElementsAre("node_netstat_Tcp_InErrs 1"));
}

TEST(Netstat, SixHasALineEach) {
  EXPECT_THAT(lines_of(add_snmp6,
                       "Ip6InOctets    12\nUdpLite6InErrors 3\nIcmp6OutType133 1\nNoDigit 4\n"
                       "Udp6InErrors x\nUdp6NoPorts\n"),
              ElementsAre("node_netstat_Ip6_InOctets 12", "node_netstat_UdpLite6_InErrors 3"));
}

TEST(Netstat, TakesTheFieldsThatNodeExporterTakes) {
  const std::vector<std::pair<std::string, std::string>> wanted = {
      {"Anything", "InErrors"}, {"Ip", "Forwarding"},         {"IpExt", "OutOctets"},
      {"Icmp6", "InMsgs"},      {"TcpExt", "SyncookiesSent"}, {"TcpExt", "TCPSynRetrans"},
      {"Tcp", "CurrEstab"},     {"Udp6", "RcvbufErrors"}};
  for (const auto& [protocol, field] : wanted)
    EXPECT_TRUE(is_wanted_netstat(protocol, field)) << field;
  const std::vector<std::pair<std::string, std::string>> not_wanted = {
      {"Ip", "InOctets"},     {"TcpExt", "TW"},      {"Tcp", "InCsumErrors"},
      {"UdpLite", "NoPorts"}, {"Icmp", "OutErrors"}, {"Tcp6", "InSegs"}};
  for (const auto& [protocol, field] : not_wanted) {
    EXPECT_FALSE(is_wanted_netstat(protocol, field)) << field;
  }
}

TEST(Sockstat, PagesAreToldInBytesAsWell) {
  const auto page = static_cast<double>(::sysconf(_SC_PAGESIZE));
  EXPECT_THAT(
      lines_of(add_sockstat, "sockets: used 5\nTCP: inuse 4 mem 3\nFRAG: inuse 0 memory 2\n"),
      ElementsAre("node_sockstat_sockets_used 5", "node_sockstat_TCP_inuse 4",
                  "node_sockstat_TCP_mem 3",
                  fmt::format("node_sockstat_TCP_mem_bytes {}", 3 * page),
                  "node_sockstat_FRAG_inuse 0", "node_sockstat_FRAG_memory 2"));
}

TEST(Sockstat, OfABrokenLineItsBeginningCounts) {
  EXPECT_THAT(
      lines_of(add_sockstat, "TCP: inuse 4 orphan x tw 3\nUDP inuse 2\nRAW: inuse\n: x 1\n"),
      ElementsAre("node_sockstat_TCP_inuse 4", "node_sockstat__x 1"));
  EXPECT_THAT(lines_of(add_sockstat, "T-P: inuse 4\n"), IsEmpty());
}

constexpr std::string_view kUdpHeading =
    "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid\n";

TEST(UdpQueues, AreSummedOverAllSockets) {
  EXPECT_THAT(lines_of(add_udp4_queues, std::string(kUdpHeading) +
                                            "  1: 00:35 00:00 07 00000010:00000200 00:0 0\n"
                                            "  2: 00:36 00:00 07 FFFFFFFF:00000001 00:0 0\n"),
              ElementsAre("node_udp_queues{ip=\"v4\",queue=\"tx\"} 4294967311",
                          "node_udp_queues{ip=\"v4\",queue=\"rx\"} 513"));
}

TEST(UdpQueues, WithoutASocketAreZeroAndWithoutAHeadingAbsent) {
  EXPECT_THAT(lines_of(add_udp6_queues, kUdpHeading),
              ElementsAre("node_udp_queues{ip=\"v6\",queue=\"tx\"} 0",
                          "node_udp_queues{ip=\"v6\",queue=\"rx\"} 0"));
  EXPECT_THAT(lines_of(add_udp6_queues, ""), IsEmpty());
}

TEST(UdpQueues, BrokenLinesAreLeftOut) {
  EXPECT_THAT(lines_of(add_udp4_queues, std::string(kUdpHeading) + "1: a b 07 x:y\n1: a b 07 5\n\n"
                                                                   "1: a b 07 :\n1: a b 07 1:2\n"),
              ElementsAre("node_udp_queues{ip=\"v4\",queue=\"tx\"} 1",
                          "node_udp_queues{ip=\"v4\",queue=\"rx\"} 2"));
}

TEST(UdpQueues, OfBothProtocolsAreOneFamily) {
  FamilyList out;
  add_udp4_queues(kUdpHeading, out);
  add_udp6_queues(kUdpHeading, out);
  EXPECT_EQ(out.size(), 1U);
  EXPECT_EQ(lines_of(out).size(), 4U);
}

TEST(Softnet, TheThirteenthColumnIsTheCpu) {
  EXPECT_THAT(lines_of(add_softnet, "0000000a 1 2 0 0 0 0 0 0 0 0 0 00000003 0 0\n"),
              ElementsAre("node_softnet_processed_total{cpu=\"3\"} 10",
                          "node_softnet_dropped_total{cpu=\"3\"} 1",
                          "node_softnet_times_squeezed_total{cpu=\"3\"} 2"));
}

TEST(Softnet, OlderKernelsHaveALineForEachCpu) {
  const auto lines = lines_of(add_softnet, "0a 1 2 0 0 0 0 0 0\n0b 1 2 0 0 0 0 0 0\n");
  EXPECT_EQ(lines.at(0), "node_softnet_processed_total{cpu=\"0\"} 10");
  EXPECT_EQ(lines.at(1), "node_softnet_processed_total{cpu=\"1\"} 11");
  for (const std::string_view text : {"", "1 2\n", "x 1 2\n", "100000000 1 2\n", "\n"}) {
    EXPECT_THAT(lines_of(add_softnet, text), IsEmpty()) << text;
  }
}

constexpr std::string_view kArpHeading =
    "IP address       HW type     Flags       HW address            Mask     Device\n";

TEST(Arp, EntriesAreCountedByDevice) {
  EXPECT_THAT(
      lines_of(add_arp, std::string(kArpHeading) +
                            "192.0.2.1 0x1 0x2 02:00:00:00:00:01 * eth0\n"
                            "192.0.2.2 0x1 0x0 00:00:00:00:00:00 * eth0\n"
                            "10.0.0.1 0x1 0x2 02:00:00:00:00:02 * a\"b\n10.0.0.2 0x1\n"),
      ElementsAre("node_arp_entries{device=\"a\\\"b\"} 1", "node_arp_entries{device=\"eth0\"} 2"));
}

TEST(Arp, AnEmptyTableIsNoTableLess) {
  FamilyList out;
  add_arp(kArpHeading, out);
  EXPECT_EQ(out.size(), 1U);
  add_arp("", out);
  EXPECT_EQ(out.size(), 1U);
}

TEST(Conntrack, NumbersOfTheCpusAreSummedUp) {
  EXPECT_THAT(lines_of(add_conntrack_stat, "entries found new drop\n1 0a 3 4\n1 10 3 5\n"),
              ElementsAre("node_nf_conntrack_stat_found 26", "node_nf_conntrack_stat_drop 9"));
}

TEST(Conntrack, AColumnThatOneCpuLacksIsAbsent) {
  EXPECT_THAT(lines_of(add_conntrack_stat, "found drop\n1 2\n1\n"),
              ElementsAre("node_nf_conntrack_stat_found 2"));
  EXPECT_THAT(lines_of(add_conntrack_stat, "found drop\n1 x\n"),
              ElementsAre("node_nf_conntrack_stat_found 1"));
  EXPECT_THAT(lines_of(add_conntrack_stat, "found\n"), IsEmpty());
  EXPECT_THAT(lines_of(add_conntrack_stat, ""), IsEmpty());
  EXPECT_THAT(lines_of(add_conntrack_entries, "12\n"), ElementsAre("node_nf_conntrack_entries 12"));
  EXPECT_THAT(lines_of(add_conntrack_limit, "-1\n"), IsEmpty());
}

}  // namespace
}  // namespace wayside
