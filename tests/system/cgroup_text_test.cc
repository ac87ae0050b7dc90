#include "agent/system/cgroup_text.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace wayside {
namespace {

TEST(CgroupNumber, IsTheOnlyWordOfItsFile) {
  EXPECT_EQ(parse_cgroup_number("734003200\n"), 734003200);
  EXPECT_EQ(parse_cgroup_number("0"), 0);
  EXPECT_EQ(parse_cgroup_number("18446744073709551615\n"), 0x1p64);
  for (const char* text : {"", "\n", "max", "-1", "1 2", "0x10", "1e3", "18446744073709551616"}) {
    EXPECT_EQ(parse_cgroup_number(text), std::nullopt) << text;
  }
}

TEST(CgroupLimit, NoneIsAValueOfItsOwn) {
  EXPECT_EQ(parse_cgroup_limit("max\n"), kNoLimit);
  EXPECT_EQ(parse_cgroup_limit("0\n"), 0);
  EXPECT_EQ(parse_cgroup_limit("1073741824\n"), 1073741824);
  for (const char* text : {"", "maximum", "max max", "-1", "12 max", "MAX"}) {
    EXPECT_EQ(parse_cgroup_limit(text), std::nullopt) << text;
  }
}

TEST(CgroupLimit, OfVersion1IsNoneWhereItIsTheGreatestNumberOfPages) {
  EXPECT_EQ(parse_cgroup_v1_limit("9223372036854771712\n"), kNoLimit) << "pages of 4 KiB";
  EXPECT_EQ(parse_cgroup_v1_limit("9223372036854710272\n"), kNoLimit) << "pages of 64 KiB";
  EXPECT_EQ(parse_cgroup_v1_limit("18446744073709551615\n"), kNoLimit) << "kernels before 3.19";
  EXPECT_EQ(parse_cgroup_v1_limit("4611686018427387903\n"), kNoLimit) << "2^62 as a double";
  EXPECT_EQ(parse_cgroup_v1_limit("1099511627776\n"), 0x1p40);
  EXPECT_EQ(parse_cgroup_v1_limit("max\n"), std::nullopt);
  EXPECT_EQ(parse_cgroup_v1_limit("-1\n"), std::nullopt);
}

TEST(CpuMax, IsAQuotaAndItsPeriod) {
  const auto half = parse_cpu_max("50000 100000\n");
  ASSERT_TRUE(half);
  EXPECT_DOUBLE_EQ(half->cores(), 0.5);
  EXPECT_EQ(parse_cpu_max("max 100000\n")->cores(), kNoLimit);
  for (const char* text : {"", "max", "50000", "50000 0", "0 100000", "max 0", "-1 100000", "a b",
                           "50000 max", "1 18446744073709551616"}) {
    EXPECT_FALSE(parse_cpu_max(text)) << text;
  }
}

TEST(CpuQuotaOfVersion1, HasMinusOneForNone) {
  EXPECT_DOUBLE_EQ(parse_cpu_quota("150000\n", "100000\n")->cores(), 1.5);
  EXPECT_EQ(parse_cpu_quota("-1\n", "100000\n")->cores(), kNoLimit);
  EXPECT_FALSE(parse_cpu_quota("-2\n", "100000\n"));
  EXPECT_FALSE(parse_cpu_quota("-1 5\n", "100000\n"));
  EXPECT_FALSE(parse_cpu_quota("-1\n", "0\n"));
  EXPECT_FALSE(parse_cpu_quota("-1\n", ""));
  EXPECT_FALSE(parse_cpu_quota("", "100000\n"));
}

// kubelet: weight = 1 + (shares - 2) * 9999 / 262142.
TEST(CpuWeight, IsTurnedIntoShares) {
  EXPECT_EQ(parse_cpu_weight("1\n"), 2);
  EXPECT_EQ(parse_cpu_weight("39\n"), 998) << "which 1024 shares became";
  EXPECT_EQ(parse_cpu_weight("100\n"), 2597);
  EXPECT_EQ(parse_cpu_weight("10000\n"), 262144);
  for (const char* text : {"", "0", "10001", "-5", "idle"}) {
    EXPECT_EQ(parse_cpu_weight(text), std::nullopt) << text;
  }
}

TEST(NamedNumbers, TakeTheLinesWantedAndLeaveTheRest) {
  std::optional<double> anon;
  std::optional<double> file;
  std::optional<double> absent;
  parse_named_numbers("anonymous 1\nanon 2048\nfile x\nfile_mapped 3\n\nabsent\n",
                      std::array{WantedLine{"anon", &anon}, WantedLine{"file", &file},
                                 WantedLine{"absent", &absent}});
  EXPECT_EQ(anon, 2048);
  EXPECT_EQ(file, std::nullopt) << "no number";
  EXPECT_EQ(absent, std::nullopt);
}

TEST(NamedNumbers, OfALineThatIsCutOffAreAbsent) {
  std::optional<double> anon;
  std::optional<double> file;
  parse_named_numbers("anon 4096\nfile 81",
                      std::array{WantedLine{"anon", &anon}, WantedLine{"file", &file}});
  EXPECT_EQ(anon, 4096);
  EXPECT_EQ(file, std::nullopt);
}

TEST(NamedNumbers, AreInTheUnitThatIsAskedFor) {
  std::optional<double> seconds;
  parse_named_numbers("throttled_usec 1750000\n",
                      std::array{WantedLine{"throttled_usec", &seconds, 1e6}});
  EXPECT_DOUBLE_EQ(*seconds, 1.75);
}

}  // namespace
}  // namespace wayside
