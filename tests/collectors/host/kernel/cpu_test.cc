#include "collectors/host/kernel/cpu.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <string>

#include "tests/collectors/host/lines.h"

namespace wayside {
namespace {

using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::vector<std::uint32_t> numbers(std::string_view text) {
  std::vector<std::uint32_t> out;
  for (const CpuLine& line : parse_cpus(text)) out.push_back(line.cpu);
  return out;
}

TEST(CpuText, AnOfflineCpuHasNoLine) {
  EXPECT_THAT(numbers("cpu  9 9 9 9\ncpu0 1 2 3 4 5 6 7 8 9 10\ncpu1 1 2 3 4 5 6 7 8 9 10\n"
                      "cpu3 1 2 3 4 5 6 7 8 9 10\nintr 5\n"),
              ElementsAre(0, 1, 3));
}

TEST(CpuText, ColumnsAreThoseOfTheKernel) {
  const auto cpus = parse_cpus("cpu7 10 20 30 40 50 60 70 80 90 100\n");
  ASSERT_EQ(cpus.size(), 1U);
  EXPECT_EQ(cpus[0].times.known, 10U);
  EXPECT_EQ(cpus[0].times.ticks[CpuTimes::user], 10U);
  EXPECT_EQ(cpus[0].times.ticks[CpuTimes::idle], 40U);
  EXPECT_EQ(cpus[0].times.ticks[CpuTimes::steal], 80U);
  EXPECT_EQ(cpus[0].times.ticks[CpuTimes::guest_nice], 100U);
}

TEST(CpuText, WhatIsNoLineOfACpuIsLeftOut) {
  for (const std::string_view text :
       {"", "\n", "cpu", "cpu0", "cpu0 1 2 3\n", "cpu0 1 2 3 x\n", "cpu0 1 2 3 -4\n",
        "cpux 1 2 3 4\n", "cpu-1 1 2 3 4\n", "cpu99999999999 1 2 3 4\n",
        "cpu0 1 2 3 99999999999999999999\n", "intr 1\ncpu0 1 2 3 4\n"}) {
    EXPECT_TRUE(parse_cpus(text).empty()) << text;
  }
}

TEST(CpuText, ALineThatComesAgainIsLeftOut) {
  EXPECT_THAT(numbers("cpu1 1 2 3 4\ncpu1 9 9 9 9\ncpu0 1 2 3 4\ncpu2 1 2 3 4\n"),
              ElementsAre(1, 2));
}

TEST(CpuText, ColumnsOfAKernelToComeArePassedOver) {
  const auto all = parse_all_cpus("cpu 1 2 3 4 5 6 7 8 9 10 11 x\n");
  ASSERT_TRUE(all);
  EXPECT_EQ(all->known, 10U);
  EXPECT_FALSE(parse_all_cpus("cpu0 1 2 3 4\n"));
  EXPECT_FALSE(parse_all_cpus(""));
}

CpuLine line(std::uint32_t cpu, std::uint64_t idle, std::uint64_t iowait) {
  CpuLine line{cpu, {}};
  line.times.known = 10;
  line.times.ticks[CpuTimes::idle] = idle;
  line.times.ticks[CpuTimes::iowait] = iowait;
  return line;
}

TEST(SteadyCpuCounters, DoNotFollowASmallStepBack) {
  SteadyCpus cpus;
  cpus.take(std::vector{line(0, 1000, 50)});
  const auto& now = cpus.take(std::vector{line(0, 999, 40)});
  EXPECT_EQ(now.at(0).ticks[CpuTimes::idle], 1000U);
  EXPECT_EQ(now.at(0).ticks[CpuTimes::iowait], 50U);
  EXPECT_EQ(cpus.take(std::vector{line(0, 1100, 60)}).at(0).ticks[CpuTimes::iowait], 60U);
}

TEST(SteadyCpuCounters, BeginAnewWhereTheCpuWasOffline) {
  const auto second = static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK));
  SteadyCpus cpus;
  cpus.take(std::vector{line(0, 10 * second, 50)});
  const auto& now = cpus.take(std::vector{line(0, second, 1)});
  EXPECT_EQ(now.at(0).ticks[CpuTimes::idle], second);
  EXPECT_EQ(now.at(0).ticks[CpuTimes::iowait], 1U) << "the others as well";
}

TEST(SteadyCpuCounters, ForgetACpuThatWentOffline) {
  SteadyCpus cpus;
  cpus.take(std::vector{line(0, 1000, 0), line(1, 1000, 50)});
  EXPECT_EQ(cpus.take(std::vector{line(0, 1001, 0)}).size(), 1U);
  EXPECT_EQ(cpus.take(std::vector{line(0, 1002, 0), line(1, 999, 20)}).at(1).ticks[CpuTimes::idle],
            999U);
}

// Stolen time does so at times, and is then the greatest number less a few.
TEST(SteadyCpuCounters, OneThatFellBelowZeroIsAbsentAndDoesNotStick) {
  const auto steal_of = [](SteadyCpus& cpus, std::string_view text) {
    FamilyList out;
    add_cpus(cpus.take(parse_cpus(text)), out);
    const auto lines = lines_of(out);
    EXPECT_THAT(lines, Contains(HasSubstr("mode=\"idle\"} 4")));
    const auto steal = std::ranges::find_if(
        lines, [](const auto& line) { return line.find("\"steal\"") != std::string::npos; });
    return steal == lines.end() ? "" : steal->substr(steal->find(' ') + 1);
  };
  SteadyCpus cpus;
  EXPECT_EQ(steal_of(cpus, "cpu0 1 2 3 400 5 6 7 18446744073709551613 0 0\n"), "");
  EXPECT_EQ(steal_of(cpus, "cpu0 1 2 3 400 5 6 7 800 0 0\n"), "8");
  EXPECT_EQ(steal_of(cpus, "cpu0 1 2 3 400 5 6 7 9223372036854775808 0 0\n"), "");
  EXPECT_EQ(steal_of(cpus, "cpu0 1 2 3 400 5 6 7 700 0 0\n"), "8") << "no step back";
  EXPECT_FALSE(parse_all_cpus("cpu 1 2 3 400 5 6 7 18446744073709551613 0 0\n"));
}

TEST(CpuFamilies, ModesThatTheKernelDoesNotTellAreAbsent) {
  SteadyCpus cpus;
  FamilyList out;
  add_cpus(cpus.take(parse_cpus("cpu0 100 0 0 200\n")), out);
  EXPECT_THAT(lines_of(out), Each(Not(HasSubstr("steal"))));
  EXPECT_EQ(lines_of(out).size(), 4U);
}

TEST(CpuFamilies, GuestsAreAFamilyOfTheirOwn) {
  SteadyCpus cpus;
  FamilyList out;
  add_cpus(cpus.take(parse_cpus("cpu0 0 0 0 0 2090 0 0 0 0 0\ncpu5 1 2 3 4 5 6 7 8 9 0\n")), out);
  const auto lines = lines_of(out);
  const double second = static_cast<double>(::sysconf(_SC_CLK_TCK));
  EXPECT_THAT(lines,
              Contains(fmt::format("node_cpu_guest_seconds_total{{cpu=\"5\",mode=\"user\"}} {}",
                                   9 / second)));
  EXPECT_THAT(lines, Contains(fmt::format("node_cpu_seconds_total{{cpu=\"0\",mode=\"iowait\"}} {}",
                                          2090 / second)));
  EXPECT_EQ(lines.size(), 20U);
}

}  // namespace
}  // namespace wayside
