#include "collectors/host/collector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <string>

#include "agent/system/kernel_file.h"
#include "agent/system/units.h"
#include "collectors/host/parts.h"
#include "tests/collectors/host/as_nobody.h"
#include "tests/collectors/host/fixture_host.h"
#include "tests/collectors/host/host_page.h"
#include "tests/collectors/host/lines.h"
#include "tests/support/series.h"
#include "tests/support/temp_dir.h"

namespace wayside {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// A copy of the fixture that a test may change.
class HostCollectorTest : public testing::Test {
 protected:
  HostCollectorTest() {
    std::filesystem::copy(WAYSIDE_FIXTURES "/host", dir_.path(),
                          std::filesystem::copy_options::recursive);
  }
  void put(const std::string& path, std::string_view text) const {
    support::write_file(dir_ / path, text);
  }
  void remove(const std::string& path) const { std::filesystem::remove_all(dir_ / path); }

  std::vector<std::string> poll() {
    FamilyList families;
    outcome_ = collector().poll({}, families);
    return lines_of(families);
  }
  // Made at the first use, with the config as it is then.
  HostCollector& collector() {
    if (!collector_) collector_.emplace(host_.context(), host_.facts);
    return *collector_;
  }
  // Why the part cannot be read; "-" where it is not told of.
  std::string part(const std::string& name) const {
    for (const auto& part : outcome_.parts) {
      if (part.name == name) return part.why;
    }
    return "-";
  }

  support::TempDir dir_;
  FixtureHost host_{dir_.path()};
  std::optional<HostCollector> collector_;
  Outcome outcome_;
};

TEST(HostPage, OfTheFixtureIsTheGoldenOne) {
  if (bytes_per_page() != 4096) GTEST_SKIP() << "the golden page has pages of 4 KiB";
  FixtureHost host;
  HostCollector collector(host.context(), host.facts);
  FamilyList families;
  const Outcome outcome = collector.poll({}, families);
  EXPECT_EQ(outcome.state, Outcome::State::ok);
  for (const auto& part : outcome.parts) EXPECT_EQ(part.why, "") << part.name;
  const std::string page = page_of(families);
  for (const auto& error : support::parse_page(page).errors) ADD_FAILURE() << error;
  const std::filesystem::path golden = WAYSIDE_GOLDEN "/host.metrics";
  if (std::getenv("WAYSIDE_REFRESH_GOLDEN") != nullptr) support::write_file(golden, page);
  EXPECT_EQ(support::read_file(golden), page);
}

TEST_F(HostCollectorTest, EachPartThatIsReadIsTold) {
  poll();
  EXPECT_EQ(outcome_.state, Outcome::State::ok);
  EXPECT_EQ(part("cpu"), "");
  EXPECT_EQ(part("pressure"), "");
  EXPECT_THAT(collector().describe(), HasSubstr(" of this host"));
}

TEST_F(HostCollectorTest, WhatThisKernelDoesNotHaveIsNoFailure) {
  remove("proc/schedstat");
  remove("proc/sys/net/netfilter");
  remove("proc/net/stat");
  EXPECT_THAT(poll(), Not(Contains(HasSubstr("conntrack"))));
  EXPECT_EQ(outcome_.state, Outcome::State::ok);
  EXPECT_EQ(part("schedstat"), "-");
  EXPECT_EQ(part("conntrack"), "-");
}

TEST_F(HostCollectorTest, APartThatComesAndGoesIsToldTillItsEnd) {
  poll();
  EXPECT_EQ(part("schedstat"), "");
  remove("proc");
  std::filesystem::create_directories(dir_ / "proc");
  HostCollector later(host_.context(), host_.facts);
  FamilyList families;
  outcome_ = later.poll({}, families);
  EXPECT_EQ(part("schedstat"), "-");
  put("proc/schedstat", "cpu0 1 2 3 4 5 6 7 8 9\n");
  outcome_ = later.poll({}, families);
  EXPECT_EQ(part("schedstat"), "");
}

TEST_F(HostCollectorTest, WithoutPressureItSaysWhatWouldHelp) {
  remove("proc/pressure");
  poll();
  EXPECT_EQ(outcome_.state, Outcome::State::ok);
  EXPECT_THAT(part("pressure"), HasSubstr("pressure/cpu is not there: boot the kernel with psi=1"));
}

TEST_F(HostCollectorTest, WithoutWhatEveryLinuxHasItSaysWhatWouldHelp) {
  for (const char* file : {"stat", "meminfo", "loadavg"}) remove(std::string("proc/") + file);
  poll();
  for (const char* name : {"cpu", "loadavg", "meminfo", "stat"}) {
    EXPECT_THAT(part(name), HasSubstr(" is not there: every Linux has it")) << name;
  }
}

TEST_F(HostCollectorTest, WhatMayNotBeReadIsNotTakenForMissing) {
  const auto folder = dir_ / "proc/sys/net/netfilter";
  std::filesystem::permissions(folder, std::filesystem::perms::none);
  {
    const AsNobody nobody(dir_.path());
    poll();
  }
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
  EXPECT_THAT(part("conntrack"), HasSubstr("nf_conntrack_count: Permission denied"));
}

TEST_F(HostCollectorTest, OneBrokenFileOfAPartFailsItAndLeavesTheRest) {
  put("proc/net/netstat", "nonsense\n");
  const auto lines = poll();
  EXPECT_THAT(part("netstat"), HasSubstr("net/netstat: has nothing that wayside understands"));
  EXPECT_THAT(lines, Contains("node_netstat_Tcp_RetransSegs 9821"));
  EXPECT_THAT(lines, Contains("node_netstat_Ip6_InOctets 812044"));
}

TEST_F(HostCollectorTest, AFileThatCannotBeReadIsAFailureOfItsPart) {
  remove("proc/meminfo");
  std::filesystem::create_directory(dir_ / "proc/meminfo");
  poll();
  EXPECT_EQ(outcome_.state, Outcome::State::ok);
  EXPECT_THAT(part("meminfo"), HasSubstr("Is a directory"));
}

TEST_F(HostCollectorTest, ALineThatIsCutOffIsAbsentAndNotHalf) {
  put("proc/stat", "cpu 90 0 90 900\ncpu0 50 0 50 500 7\ncpu1 40 0 40 40");
  put("proc/meminfo", "MemTotal: 8000 kB\nMemFree: 40");
  put("proc/vmstat", "pgpgin 700\npgpgout 12");
  put("proc/diskstats", "8 0 sda 1 2 3 4 5 6 7 8 9 10 11\n8 16 sdb 1 2 3 4 5 6 7 8 9 10 1");
  put("proc/net/dev",
      "eth0: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n"
      "eth1: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 1");
  put("proc/1/mounts", "/dev/sda / ext4 rw 0 0\n/dev/sdb /srv ext4 rw");
  const auto lines = poll();
  for (const char* there :
       {"node_cpu_seconds_total{cpu=\"0\"", "node_memory_MemTotal_bytes", "node_vmstat_pgpgin",
        "device=\"sda\"", "device=\"eth0\"", "mountpoint=\"/\""}) {
    EXPECT_THAT(lines, Contains(HasSubstr(there)));
  }
  for (const char* half :
       {"node_cpu_seconds_total{cpu=\"1\"", "node_memory_MemFree", "pgpgout", "device=\"sdb\"",
        "bytes_total{device=\"eth1\"", "mountpoint=\"/srv\""}) {
    EXPECT_THAT(lines, Not(Contains(HasSubstr(half))));
  }
}

TEST_F(HostCollectorTest, ATableTooLongToBeReadWholeIsAbsentAndNotHalf) {
  std::string table = "  sl  local_address\n";
  while (table.size() <= KernelFile::kMost) table += "1: 00:35 00:00 07 00000000:00000001 0\n";
  put("proc/net/udp", table);
  const auto lines = poll();
  EXPECT_THAT(part("udp_queues"), HasSubstr("net/udp: is longer than the 8 MiB"));
  EXPECT_THAT(lines, Not(Contains(HasSubstr("node_udp_queues{ip=\"v4\""))));
  EXPECT_THAT(lines, Contains("node_udp_queues{ip=\"v6\",queue=\"rx\"} 64"));
}

TEST_F(HostCollectorTest, LoopbackAloneIsNoFailure) {
  put("proc/net/dev", "    lo: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n");
  EXPECT_THAT(poll(), Not(Contains(HasSubstr("node_network_receive_"))));
  EXPECT_EQ(part("netdev"), "");
}

TEST_F(HostCollectorTest, ACounterThatCannotBeReadIsAbsentForItsDeviceAlone) {
  remove("sys/class/net/docker0");
  const auto lines = poll();
  EXPECT_THAT(lines, Contains("node_network_receive_nohandler_total{device=\"eth0\"} 17"));
  EXPECT_THAT(lines, Not(Contains(HasSubstr("nohandler_total{device=\"docker0\""))));
  EXPECT_THAT(lines, Contains(HasSubstr("receive_bytes_total{device=\"docker0\"")));
}

TEST_F(HostCollectorTest, PartsThatAreNotWantedAreNotRead) {
  host_.config.without = {"cpu", "pressure"};
  remove("proc/pressure");
  const auto lines = poll();
  EXPECT_THAT(lines, Not(Contains(HasSubstr("node_cpu"))));
  EXPECT_THAT(lines, Contains(HasSubstr("node_memory")));
  EXPECT_EQ(part("pressure"), "-");
}

TEST_F(HostCollectorTest, FailsOnlyWhereNothingCanBeRead) {
  for (const HostPartRow& row : host_parts()) host_.config.without.emplace(row.name);
  host_.config.without.erase("cpu");
  host_.config.without.erase("loadavg");
  remove("proc/stat");
  poll();
  EXPECT_EQ(outcome_.state, Outcome::State::ok);
  put("proc/loadavg", "nonsense");
  poll();
  EXPECT_EQ(outcome_.state, Outcome::State::failed);
  EXPECT_EQ(outcome_.why, "nothing of this host could be read");
}

TEST_F(HostCollectorTest, OtherDistributionsKeepTheirReleaseElsewhere) {
  remove("root/etc/os-release");
  poll();
  EXPECT_EQ(part("os"), "-");
  std::filesystem::create_directories(dir_ / "root/usr/lib");
  put("root/usr/lib/os-release", "ID=alpine\nVERSION_ID=3.18.4\n");
  EXPECT_THAT(poll(), Contains("node_os_version{id=\"alpine\"} 3.18"));
}

TEST(HostCollectorOnThisMachine, ReadsWhatEveryLinuxHas) {
  SystemClock clock;
  const Environment environment{.clock = &clock};
  const HostConfig config;
  Facts facts;
  HostCollector collector({environment, config}, facts);
  FamilyList families;
  EXPECT_EQ(collector.poll({}, families).state, Outcome::State::ok);
  std::map<std::string, std::size_t> samples;
  for (const auto& family : families) samples[family.name] += family.metric.size();
  for (const char* name : {"node_cpu_seconds_total", "node_memory_MemTotal_bytes", "node_load1",
                           "node_boot_time_seconds", "node_uname_info", "node_time_seconds"}) {
    EXPECT_GT(samples[name], 0U) << name;
  }
  EXPECT_THAT(lines_of(families), Not(Contains(HasSubstr("invalid:"))));
}

}  // namespace
}  // namespace wayside
