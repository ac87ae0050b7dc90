// The small parsers of the room, each with a table of real and hostile texts.
#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "collectors/processes/cgroup_match.h"
#include "collectors/processes/command_line.h"
#include "collectors/processes/counts.h"
#include "collectors/processes/directory_entries.h"
#include "collectors/processes/listeners.h"
#include "collectors/processes/machine_figures.h"
#include "collectors/processes/process_io.h"
#include "collectors/processes/process_status.h"
#include "collectors/processes/proportional_memory.h"

namespace wayside {
namespace {

TEST(ProcessStatus, TellsWhatIsThere) {
  const auto status = parse_process_status(
      "Name:\ta: b\\nVmSwap: 9 kB\nUid:\t1000\t1001\t1002\t1003\nRssAnon:\t  200 kB\n"
      "VmSwap:\t       4 kB\nvoluntary_ctxt_switches:\t17\nnonvoluntary_ctxt_switches:\t3\n");
  EXPECT_EQ(status.user, 1001U);
  EXPECT_EQ(status.anonymous_bytes, 204'800U);
  EXPECT_EQ(status.swapped_bytes, 4096U);
  EXPECT_EQ(status.voluntary_switches, 17U);
  EXPECT_EQ(status.involuntary_switches, 3U);
}

TEST(ProcessStatus, OfNonsenseNothingIsKnown) {
  for (const std::string_view text :
       {"", "\n\n", "VmSwap", "VmSwap:", "VmSwap: 4", "VmSwap: 4 MB", "VmSwap: -4 kB",
        "VmSwap: 99999999999999999999 kB", "VmSwap: 18446744073709551615 kB", "vmswap: 4 kB"}) {
    EXPECT_EQ(parse_process_status(text).swapped_bytes, std::nullopt) << text;
  }
}

TEST(ProcessIo, TellsStorageAloneAndWholeNumbersAlone) {
  const auto io = parse_process_io(
      "rchar: 1\nread_bytes: 18446744073709551615\nwrite_bytes: x\n"
      "cancelled_write_bytes: 5\n");
  EXPECT_EQ(io.read_bytes, std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(io.written_bytes, std::nullopt);
}

TEST(SmapsRollup, NeedsItsPss) {
  const auto memory = parse_smaps_rollup(
      "5-7 ---p 0 0:0 0 [rollup]\nPss_Anon: 7 kB\nPss: 3 kB\n"
      "SwapPss: 1 kB\n");
  ASSERT_TRUE(memory);
  EXPECT_EQ(memory->resident_bytes, 3072U);
  EXPECT_EQ(memory->swapped_bytes, 1024U);
  EXPECT_FALSE(parse_smaps_rollup("Rss: 3 kB\n"));
  EXPECT_FALSE(parse_smaps_rollup(""));
}

TEST(CommandLine, IsShownAsValidTextWithoutItsEnd) {
  using std::string_view_literals::operator""sv;
  EXPECT_EQ(shown_command_line("node\0a b\0\0\0"sv), "node a b");
  EXPECT_EQ(shown_command_line("PM2 v5: God Daemon (/root/.pm2)   "sv),
            "PM2 v5: God Daemon (/root/.pm2)");
  EXPECT_EQ(shown_command_line("\0\0"sv), "");
  EXPECT_EQ(shown_command_line("a\xff"sv), "a\xEF\xBF\xBD");
}

TEST(CommandLine, IsTheSameWithoutFolders) {
  EXPECT_EQ(without_folders("node server.js --port 1"),
            without_folders("/usr/bin/node /srv/server.js --port 1"));
  EXPECT_NE(without_folders("node server.js"), without_folders("node other.js"));
  EXPECT_NE(without_folders("ab c"), without_folders("a bc"));
  EXPECT_EQ(without_folders(""), "");
  EXPECT_EQ(without_folders("a/ /"), "  ");
}

TEST(CommandLine, TellsMasters) {
  EXPECT_TRUE(is_master_title("PM2 v5.3.0: God Daemon (/root/.pm2)"));
  EXPECT_TRUE(is_master_title("gunicorn: master [app:app]"));
  EXPECT_FALSE(is_master_title("gunicorn: worker [app:app]"));
  EXPECT_FALSE(is_master_title("node PM2 God Daemon"));
}

constexpr std::string_view kCgroup =
    "12:pids:/system.slice/api.service\n1:name=systemd:/system.slice/api.service\n"
    "0::/system.slice/api.service/worker:1\n";

TEST(CgroupMatch, OfAWholePathOrItsFrontUpToASlash) {
  EXPECT_TRUE(is_in_cgroup(kCgroup, "/system.slice"));
  EXPECT_TRUE(is_in_cgroup(kCgroup, "/system.slice/"));
  EXPECT_TRUE(is_in_cgroup(kCgroup, "/system.slice/api.service/worker:1"));
  EXPECT_FALSE(is_in_cgroup(kCgroup, "/system"));
  EXPECT_FALSE(is_in_cgroup(kCgroup, "/api.service"));
  EXPECT_FALSE(is_in_cgroup("0\n::\nx", "/x"));
}

TEST(CgroupMatch, OfAUnitIsAWholePart) {
  EXPECT_TRUE(is_in_unit(kCgroup, "api.service"));
  EXPECT_TRUE(is_in_unit(kCgroup, "api"));
  EXPECT_TRUE(is_in_unit(kCgroup, "system.slice"));
  EXPECT_FALSE(is_in_unit(kCgroup, "pi.service"));
  EXPECT_FALSE(is_in_unit(kCgroup, "api.servic"));
  EXPECT_FALSE(is_in_unit("", "api"));
}

TEST(Listeners, AreThoseThatListenOnThePorts) {
  constexpr std::string_view kTable =
      "  sl  local_address                         remote_address st tx_queue rx_queue\n"
      "   0: 00000000000000000000000001000000:1F90 0000:0000 0A 0:0 0:0 0 0 0 77 1 0\n"
      "   1: 00000000:1F91 0000:0000 0A 0:0 0:0 0 0 0 78 1 0\n"
      "   2: 00000000:1F90 0000:0000 01 0:0 0:0 0 0 0 79 1 0\n"
      "   3: 00000000:1F9G 0000:0000 0A 0:0 0:0 0 0 0 80 1 0\n"
      "   4: 00000000:11F90 0000:0000 0A 0:0 0:0 0 0 0 81 1 0\n"
      "   5: 00000000:1F90 0000:0000 0A 0:0 0:0 0 0 0\n"
      "   6: 1F90\n"
      "   7: 00000000:1F90 0000:0000 0A 0:0 0:0 0 0 0 0 1 0";
  std::vector<TcpListener> found;
  const std::array<std::uint16_t, 1> ports = {8080};
  parse_listeners(kTable, ports, found);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].inode, 77U);
  EXPECT_EQ(found[0].port, 8080);
}

TEST(Listeners, ALinkOfASocketNamesItsInode) {
  EXPECT_EQ(parse_socket_link("socket:[4711]"), 4711U);
  for (const std::string_view link :
       {"", "socket:[", "socket:[]", "socket:[-1]", "socket:[x]", "pipe:[4711]", "socket:[1]x"}) {
    EXPECT_EQ(parse_socket_link(link), std::nullopt) << link;
  }
}

// One record as getdents64(2) lays it out.
std::string entry(const std::string& name, std::size_t size) {
  std::string record(19, '\0');
  record[16] = static_cast<char>(size & 0xFFU);
  record[17] = static_cast<char>(size >> 8U);
  record += name;
  record.resize(std::max(record.size(), size), '\0');
  return record;
}

TEST(DirectoryEntries, AreReadWithinTheirBounds) {
  std::vector<std::string> names;
  const auto keep = [&](std::string_view name) { names.emplace_back(name); };
  const std::string bytes = entry("42", 24) + entry("self", 24);
  each_entry(bytes, keep);
  EXPECT_EQ(names, (std::vector<std::string>{"42", "self"}));
  names.clear();
  for (const std::string& bad : {entry("42", 0), entry("42", 19), entry("42", 24).substr(0, 20),
                                 std::string(), std::string(5, '\xff')}) {
    each_entry(bad, keep);
  }
  EXPECT_TRUE(names.empty());
}

TEST(DirectoryEntries, APidIsANumberWithoutAZeroInFront) {
  EXPECT_EQ(pid_named("4194304"), 4'194'304);
  for (const std::string_view name : {"", "0", "01", "-1", "1x", "99999999999", "self"}) {
    EXPECT_EQ(pid_named(name), std::nullopt) << name;
  }
}

TEST(Uptime, IsItsFirstFigure) {
  EXPECT_EQ(parse_uptime("123.45 67.8\n"), 123.45);
  for (const std::string_view text : {"", "x", "-1 2", "nan 1", "inf 1", "1e999 1"}) {
    EXPECT_EQ(parse_uptime(text), std::nullopt) << text;
  }
}

TEST(Counts, WhatIsFirstReadCountsWholeOrFromThere) {
  Counts now;
  now[Count::user_ticks] = 10;
  Counts old;
  EXPECT_EQ(old.advance(now, false)[Count::user_ticks], 0U);
  Counts born;
  EXPECT_EQ(born.advance(now, true)[Count::user_ticks], 10U);
  EXPECT_EQ(born.advance(now, true)[Count::read_bytes], std::nullopt);
}

TEST(Counts, AFigureThatWentBackAddsNothingAndIsNotCountedTwice) {
  Counts counts;
  Counts now;
  const std::array<std::pair<std::uint64_t, std::uint64_t>, 4> steps = {
      {{10, 10}, {7, 0}, {9, 0}, {12, 2}}};
  for (const auto& [figure, added] : steps) {
    now[Count::user_ticks] = figure;
    EXPECT_EQ(counts.advance(now, true)[Count::user_ticks], added) << figure;
  }
}

}  // namespace
}  // namespace wayside
