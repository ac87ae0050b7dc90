#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "collectors/host/kernel/meminfo.h"
#include "collectors/host/kernel/pressure.h"
#include "collectors/host/kernel/vmstat.h"
#include "collectors/host/reading.h"
#include "tests/collectors/host/lines.h"

namespace wayside {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Meminfo, BracketsAndUnitsBecomePartOfTheName) {
  EXPECT_THAT(
      lines_of(add_meminfo,
               "MemTotal:        8039424 kB\nActive(anon):    16 kB\n"
               "HugePages_Total:       8\nHugepagesize:       2048 kB\n"),
      ElementsAre("node_memory_MemTotal_bytes 8232370176", "node_memory_Active_anon_bytes 16384",
                  "node_memory_HugePages_Total 8", "node_memory_Hugepagesize_bytes 2097152"));
}

TEST(Meminfo, WhatCannotBeANameOrAnAmountIsLeftOut) {
  for (const std::string_view text :
       {"", "\n\n", ":\n", "MemTotal 5 kB\n", "MemTotal: x kB\n", "MemTotal: -5 kB\n",
        "MemTotal: 5 MB\n", "MemTotal: 18446744073709551615 kB\n", "Mem-Total: 5 kB\n",
        "\xff\xfe: 5 kB\n", "Mem\"}: 5\n", "MemTotal:\n5 kB\n"}) {
    EXPECT_THAT(lines_of(add_meminfo, text), IsEmpty()) << text;
  }
}

TEST(Meminfo, OfARepeatedLineTheFirstCounts) {
  EXPECT_THAT(
      lines_of(add_meminfo, "A: 1 kB\nA: 2 kB\n(A): 3 kB\nA: 4\n"),
      ElementsAre("node_memory_A_bytes 1024", "node_memory__A_bytes 3072", "node_memory_A 4"));
}

TEST(Meminfo, ATextOfTooManyNamesIsCutOff) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "N" + std::to_string(i) + ": 1 kB\n";
  EXPECT_EQ(lines_of(add_meminfo, text).size(), NamesInText::kMost);
}

TEST(Vmstat, TakesTheFieldsThatNodeExporterTakes) {
  EXPECT_THAT(
      lines_of(add_vmstat,
               "nr_free_pages 1\npgpgin 2\npgpgout 3\npswpin 4\npswpout 5\npgfault 6\n"
               "pgmajfault 7\npgfree 8\noom_kill 9\nthp_fault_alloc 10\npgalloc_normal 11\n"
               "pgmigrate_fault_x 12\n"),
      ElementsAre("node_vmstat_pgpgin 2", "node_vmstat_pgpgout 3", "node_vmstat_pswpin 4",
                  "node_vmstat_pswpout 5", "node_vmstat_pgfault 6", "node_vmstat_pgmajfault 7",
                  "node_vmstat_oom_kill 9", "node_vmstat_pgmigrate_fault_x 12"));
}

TEST(Vmstat, WhatIsNoFieldIsLeftOut) {
  for (const std::string_view text :
       {"", "pgfault", "pgfault x\n", "pgfault -1\n", "pgpg{in} 5\n", "pfault 1\n"}) {
    EXPECT_THAT(lines_of(add_vmstat, text), IsEmpty()) << text;
  }
  EXPECT_THAT(lines_of(add_vmstat, "pgfault 1\npgfault 2\n"), ElementsAre("node_vmstat_pgfault 1"));
}

constexpr std::string_view kPressure =
    "some avg10=12.50 avg60=4.10 avg300=1.02 total=1500000\n"
    "full avg10=0.25 avg60=0.00 avg300=0.00 total=250000\n";

TEST(PressureFamilies, CpuHasNoStalledTime) {
  EXPECT_THAT(lines_of(add_cpu_pressure, kPressure),
              ElementsAre("node_pressure_cpu_waiting_seconds_total 1.5"));
  EXPECT_THAT(lines_of(add_io_pressure, kPressure),
              ElementsAre("node_pressure_io_waiting_seconds_total 1.5",
                          "node_pressure_io_stalled_seconds_total 0.25"));
  EXPECT_THAT(lines_of(add_memory_pressure, kPressure),
              ElementsAre("node_pressure_memory_waiting_seconds_total 1.5",
                          "node_pressure_memory_stalled_seconds_total 0.25"));
  EXPECT_THAT(lines_of(add_memory_pressure, "some avg10=1.00\n"), IsEmpty());
}

}  // namespace
}  // namespace wayside
