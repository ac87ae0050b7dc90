#include "agent/core/nearest_key.h"

#include <gtest/gtest.h>

#include <vector>

namespace wayside {
namespace {

TEST(EditDistance, CountsLettersInsertedRemovedReplacedAndSwapped) {
  const struct {
    std::string_view a, b;
    std::size_t distance;
  } kCases[] = {
      {"", "", 0},      {"", "abc", 3},           {"abc", "abc", 0},
      {"abc", "ab", 1}, {"abc", "abd", 1},        {"abc", "acb", 1},
      {"ca", "abc", 3}, {"kitten", "sitting", 3}, {"slow_afer", "slow_after", 1},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(edit_distance(c.a, c.b), c.distance) << c.a << " " << c.b;
    EXPECT_EQ(edit_distance(c.b, c.a), c.distance) << c.b << " " << c.a;
  }
}

TEST(EditDistance, OfLongTextsIsNotCounted) {
  const std::string a(64, 'a');
  EXPECT_EQ(edit_distance(a, a), 0U);
  EXPECT_EQ(edit_distance(a + "a", a), 65U);
}

TEST(NearestKey, IsTheOneThatDiffersLeast) {
  const std::vector<std::string> known = {"slow_after", "slow_after_by_route", "buckets", "url",
                                          "name"};
  EXPECT_EQ(nearest_key("slow_afer", known), "slow_after");
  EXPECT_EQ(nearest_key("slowafter", known), "slow_after");
  EXPECT_EQ(nearest_key("slow_after_by_rout", known), "slow_after_by_route");
  EXPECT_EQ(nearest_key("bukets", known), "buckets");
  EXPECT_EQ(nearest_key("ulr", known), "url");
  EXPECT_EQ(nearest_key("Name", known), "name");
}

TEST(NearestKey, IsNoneWhereTooMuchDiffers) {
  const std::vector<std::string> known = {"interval", "url", "x"};
  EXPECT_EQ(nearest_key("timeout", known), std::nullopt);
  EXPECT_EQ(nearest_key("uuu", known), std::nullopt);
  EXPECT_EQ(nearest_key("y", known), std::nullopt);
  EXPECT_EQ(nearest_key("", known), std::nullopt);
  EXPECT_EQ(nearest_key(std::string(100, 'x'), known), std::nullopt);
  EXPECT_EQ(nearest_key("interval", {}), std::nullopt);
}

}  // namespace
}  // namespace wayside
