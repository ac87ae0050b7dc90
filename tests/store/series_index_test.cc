#include "agent/store/series_index.h"

#include <gtest/gtest.h>

#include <string>

namespace wayside {
namespace {

TEST(SeriesIndex, NumbersSeriesInTheOrderOfTheirBirth) {
  SeriesIndex index;
  EXPECT_EQ(index.find("a=\"1\""), std::nullopt);
  EXPECT_EQ(index.insert("a=\"1\"", WallTime{Micros{7}}), 0U);
  EXPECT_EQ(index.insert("", WallTime{Micros{8}}), 1U);
  EXPECT_EQ(index.find("a=\"1\""), 0U);
  EXPECT_EQ(index.find(""), 1U);
  EXPECT_EQ(index.entries(0)[0].labels(), "a=\"1\"");
  EXPECT_EQ(index.entries(0)[1].labels(), "");
  EXPECT_EQ(index.entries(0)[1].created, WallTime{Micros{8}});
}

TEST(SeriesIndex, FindsEachOfManyAndNeverMovesTheirText) {
  constexpr std::uint32_t kMany = 20'000;
  SeriesIndex index;
  index.insert("n=\"0\"", kNoTime);
  const char* first = index.entries(0)[0].text;
  for (std::uint32_t i = 1; i < kMany; ++i)
    index.insert("n=\"" + std::to_string(i) + "\"", kNoTime);
  EXPECT_EQ(index.size(), kMany);
  for (std::uint32_t i = 0; i < kMany; ++i) {
    const std::string labels = "n=\"" + std::to_string(i) + "\"";
    ASSERT_EQ(index.find(labels), i);
    ASSERT_EQ(index.entries(i / 64)[i % 64].labels(), labels);
  }
  EXPECT_EQ(index.entries(0)[0].text, first);
  EXPECT_EQ(index.find("n=\"20000\""), std::nullopt);
}

TEST(SeriesIndex, KeepsTextsLongerThanABlock) {
  SeriesIndex index;
  const std::string longer(200'000, 'x');
  index.insert("short", kNoTime);
  index.insert(longer, kNoTime);
  index.insert("after", kNoTime);
  EXPECT_EQ(index.find(longer), 1U);
  EXPECT_EQ(index.find("short"), 0U);
  EXPECT_EQ(index.find("after"), 2U);
}

}  // namespace
}  // namespace wayside
