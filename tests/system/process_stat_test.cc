#include "agent/system/process_stat.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace wayside {
namespace {

constexpr std::string_view kAfterCommand =
    " S 1 4711 4711 0 -1 4194560 1000 0 3 0 120 30 0 0 20 0 7 0 5000 104857600 2560 "
    "18446744073709551615 1 1 0 0 0 0 0 4096 0 0 0 0 17 1 0 0 0 0 0\n";

std::string stat_of(std::string_view command) {
  return "4711 (" + std::string(command) + ")" + std::string(kAfterCommand);
}

TEST(ProcessStat, WhateverTheCommandIsCalled) {
  for (const std::string_view command :
       {"wayside", "", "two words", "a) S 1 2 3", "((", "))", "new\nline", "\xff\xfe"}) {
    const std::string text = stat_of(command);
    const auto stat = parse_process_stat(text);
    ASSERT_TRUE(stat.ok()) << command;
    EXPECT_EQ(stat->command, command);
    EXPECT_EQ(stat->state, 'S');
    EXPECT_EQ(stat->parent, 1U);
    EXPECT_EQ(stat->minor_faults, 1000U);
    EXPECT_EQ(stat->major_faults, 3U);
    EXPECT_EQ(stat->user_ticks, 120U);
    EXPECT_EQ(stat->system_ticks, 30U);
    EXPECT_EQ(stat->threads, 7U);
    EXPECT_EQ(stat->start_ticks, 5000U);
    EXPECT_EQ(stat->virtual_bytes, 104'857'600U);
    EXPECT_EQ(stat->resident_pages, 2560U);
  }
}

TEST(ProcessStat, OfAnythingElseIsAnError) {
  const std::string whole = stat_of("wayside");
  std::string negative = whole;
  negative.replace(negative.find(" 120 "), 5, " -12 ");
  std::string huge = whole;
  huge.replace(huge.find(" 2560 "), 6, " 99999999999999999999 ");
  std::string trailing = whole;
  trailing.replace(trailing.find(" 120 "), 5, " 12x ");
  for (const std::string& text :
       {std::string(), std::string("4711 wayside S 1 2"), std::string(")"), std::string("1 (a) S"),
        whole.substr(0, whole.find(" 2560")), negative, huge, trailing}) {
    const auto stat = parse_process_stat(text);
    EXPECT_FALSE(stat.ok()) << text;
  }
}

TEST(ProcessStat, AnErrorNamesTheField) {
  std::string text = stat_of("wayside");
  text.replace(text.find(" 5000 "), 6, " five ");
  EXPECT_EQ(parse_process_stat(text).error().message, "field 22 is no whole number");
}

TEST(BootTime, StandsOnALineOfItsOwn) {
  EXPECT_EQ(parse_boot_time("cpu 1 2 3\nintr 5 0 0\nbtime 1700000000\nprocesses 9\n"),
            1'700'000'000U);
  EXPECT_EQ(parse_boot_time("btime 7"), 7U);
}

TEST(BootTime, IsAbsentWhereNothingTellsIt) {
  for (const std::string_view text :
       {"", "\n\n", "cpu 1 2 3\n", "btime\n", "btime x\n", "btime -5\n", "xbtime 5\n"}) {
    EXPECT_EQ(parse_boot_time(text), std::nullopt) << text;
  }
}

constexpr std::string_view kLimits =
    "Limit                     Soft Limit           Hard Limit           Units     \n"
    "Max cpu time              unlimited            unlimited            seconds   \n"
    "Max open files            1024                 524288               files     \n"
    "Max address space         unlimited            unlimited            bytes     \n";

TEST(SoftLimit, IsFoundByName) {
  EXPECT_EQ(parse_soft_limit(kLimits, "Max open files"), 1024U);
}

TEST(SoftLimit, UnlimitedIsTheGreatestNumber) {
  EXPECT_EQ(parse_soft_limit(kLimits, "Max address space"),
            std::numeric_limits<std::uint64_t>::max());
}

TEST(SoftLimit, IsAbsentWhereNothingTellsIt) {
  EXPECT_EQ(parse_soft_limit("", "Max open files"), std::nullopt);
  EXPECT_EQ(parse_soft_limit(kLimits, "Max open"), std::nullopt);
  EXPECT_EQ(parse_soft_limit(kLimits, "Max pending signals"), std::nullopt);
  EXPECT_EQ(parse_soft_limit("Max open files", "Max open files"), std::nullopt);
  EXPECT_EQ(parse_soft_limit("Max open files  many\n", "Max open files"), std::nullopt);
}

}  // namespace
}  // namespace wayside
