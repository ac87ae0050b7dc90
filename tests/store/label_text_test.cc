#include "agent/store/label_text.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "agent/core/labels.h"

namespace wayside {
namespace {

TEST(LabelText, IsTakenApartAtItsOwnCommasOnly) {
  const auto parts = split_labels(R"(a="1",b="x\",c=\"2\\",d="=\"")");
  ASSERT_EQ(parts.size(), 3U);
  EXPECT_EQ(parts[0].name, "a");
  EXPECT_EQ(parts[1].text, R"(b="x\",c=\"2\\")");
  EXPECT_EQ(parts[2].name, "d");
  EXPECT_EQ(parts[2].text, R"(d="=\"")");
}

TEST(LabelText, WhatIsNoLabelEndsIt) {
  EXPECT_TRUE(split_labels("").empty());
  EXPECT_TRUE(split_labels("nonsense").empty());
  EXPECT_TRUE(split_labels("a=\"open").empty());
  EXPECT_TRUE(split_labels("a=\"open\\\"").empty());
  EXPECT_EQ(split_labels("a=\"1\",rest").size(), 1U);
}

TEST(LabelText, EveryRenderedTextComesApartIntoItsLabels) {
  const std::vector<std::string> names = {"a", "b", "c"};
  const std::vector<std::string_view> values = {"\"", "\\", ",b=\"x\"\n"};
  const std::string text = render_labels(names, values);
  const auto parts = split_labels(text);
  ASSERT_EQ(parts.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(parts[i].name, names[i]);
}

TEST(LabelText, OrderDoesNotMakeAnotherSeries) {
  EXPECT_EQ(canonical_labels(R"(b="2",a="1")"), R"(a="1",b="2")");
  EXPECT_EQ(canonical_labels(R"(a="1",b="2")"), R"(a="1",b="2")");
  EXPECT_EQ(canonical_labels(""), "");
}

}  // namespace
}  // namespace wayside
