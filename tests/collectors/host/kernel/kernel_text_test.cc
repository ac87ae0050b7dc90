// The small texts of the kernel: load, interrupts, limits, schedules.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collectors/host/kernel/limits.h"
#include "collectors/host/kernel/loadavg.h"
#include "collectors/host/kernel/schedstat.h"
#include "collectors/host/kernel/stat.h"
#include "tests/collectors/host/lines.h"

namespace wayside {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(LoadAverage, IsTheFirstThreeNumbers) {
  EXPECT_THAT(lines_of(add_loadavg, "1.25 0.80 0.42 3/612 884213\n"),
              ElementsAre("node_load1 1.25", "node_load5 0.8", "node_load15 0.42"));
  EXPECT_EQ(parse_load1("1.25 0.80 0.42 3/612 884213\n"), 1.25);
}

TEST(LoadAverage, WhatIsNoneIsAbsent) {
  for (const std::string_view text :
       {"", "\n", "x 1 2", "-1 1 1", "nan 1 1", "inf 0 0", "1,5 2 3"}) {
    EXPECT_THAT(lines_of(add_loadavg, text), IsEmpty()) << text;
    EXPECT_FALSE(parse_load1(text)) << text;
  }
  EXPECT_THAT(lines_of(add_loadavg, "1.5 x 3"), ElementsAre("node_load1 1.5"));
}

TEST(KernelStat, TellsWhatIsThere) {
  EXPECT_THAT(lines_of(add_stat,
                       "cpu  1 2 3 4\ncpu0 1 2 3 4\nintr 15 1 2 3\nctxt 20\nbtime 1799900000\n"
                       "processes 30\nprocs_running 2\nprocs_blocked 1\nsoftirq 1 2\n"),
              ElementsAre("node_intr_total 15", "node_context_switches_total 20",
                          "node_boot_time_seconds 1799900000", "node_forks_total 30",
                          "node_procs_running 2", "node_procs_blocked 1"));
}

TEST(KernelStat, OfARepeatedLineTheFirstCounts) {
  EXPECT_THAT(lines_of(add_stat, "ctxt 1\nctxt 2\n"), ElementsAre("node_context_switches_total 1"));
  EXPECT_THAT(lines_of(add_stat, "ctxt x\nctxt 2\n"), ElementsAre("node_context_switches_total 2"));
}

TEST(KernelStat, WhatIsNoNumberIsAbsent) {
  for (const std::string_view text : {"", "ctxt", "ctxt \n", "ctxt -1\n", "ctxt 1x\n", "xctxt 1\n",
                                      "ctxt 99999999999999999999\n", "procs_running\n1\n"}) {
    EXPECT_THAT(lines_of(add_stat, text), IsEmpty()) << text;
  }
}

TEST(OpenFiles, AreTheFirstAndTheThirdNumber) {
  EXPECT_THAT(
      lines_of(add_filefd, "2144\t0\t9223372036854775807\n"),
      ElementsAre("node_filefd_allocated 2144", "node_filefd_maximum 9.223372036854776e+18"));
  for (const std::string_view text : {"", "1\t0\n", "x 0 1", "1 0 x", "-1 0 5"}) {
    EXPECT_THAT(lines_of(add_filefd, text), IsEmpty()) << text;
  }
}

TEST(Entropy, IsANumberEach) {
  EXPECT_THAT(lines_of(add_entropy_available, "256\n"),
              ElementsAre("node_entropy_available_bits 256"));
  EXPECT_THAT(lines_of(add_entropy_pool_size, "4096\n"),
              ElementsAre("node_entropy_pool_size_bits 4096"));
  EXPECT_THAT(lines_of(add_entropy_available, "many"), IsEmpty());
  EXPECT_THAT(lines_of(add_entropy_pool_size, ""), IsEmpty());
}

TEST(Schedules, AreTheLastThreeOfNine) {
  EXPECT_THAT(lines_of(add_schedstat,
                       "version 15\ntimestamp 42\ncpu0 1 2 3 4 5 6 1500000000 250000000 9\n"
                       "domain0 0f 1 2\ncpu3 0 0 0 0 0 0 500000000 0 1\n"),
              ElementsAre("node_schedstat_running_seconds_total{cpu=\"0\"} 1.5",
                          "node_schedstat_running_seconds_total{cpu=\"3\"} 0.5",
                          "node_schedstat_waiting_seconds_total{cpu=\"0\"} 0.25",
                          "node_schedstat_waiting_seconds_total{cpu=\"3\"} 0",
                          "node_schedstat_timeslices_total{cpu=\"0\"} 9",
                          "node_schedstat_timeslices_total{cpu=\"3\"} 1"));
}

TEST(Schedules, AShortOrBrokenLineIsLeftOut) {
  for (const std::string_view text : {"", "version 15\n", "cpu0 1 2 3 4 5 6 7 8\n",
                                      "cpu0 1 2 3 4 5 6 x 8 9\n", "cpu 1 2 3 4 5 6 7 8 9\n"}) {
    EXPECT_THAT(lines_of(add_schedstat, text), IsEmpty()) << text;
  }
}

}  // namespace
}  // namespace wayside
