#include "agent/core/positions.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace wayside {
namespace {

TEST(ReadPositions, AreFoundForTheVeryFileOfTheSource) {
  Positions positions;
  EXPECT_FALSE(positions.knows("a"));
  positions.save("a", {.device = 1, .inode = 2, .offset = 3});
  EXPECT_TRUE(positions.knows("a"));
  EXPECT_FALSE(positions.knows("b"));
  const auto found = positions.find("a", 1, 2);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->device, 1U);
  EXPECT_EQ(found->inode, 2U);
  EXPECT_EQ(found->offset, 3U);
  EXPECT_FALSE(positions.find("a", 1, 3));
  EXPECT_FALSE(positions.find("a", 2, 2));
  EXPECT_FALSE(positions.find("b", 1, 2));
}

TEST(ReadPositions, OfRotatedFilesStandBesideEachOther) {
  Positions positions;
  positions.save("a", {1, 2, 100});
  positions.save("a", {1, 3, 7});
  positions.save("a", {1, 2, 120});
  EXPECT_EQ(positions.find("a", 1, 2)->offset, 120U);
  EXPECT_EQ(positions.find("a", 1, 3)->offset, 7U);
}

TEST(ReadPositions, ThoseSavedLongestAgoAreForgottenFirst) {
  Positions positions;
  for (std::uint64_t inode = 0; inode < Positions::kMaxFiles; ++inode) {
    positions.save("a", {1, inode, inode});
  }
  positions.save("a", {1, 0, 5});
  positions.save("a", {1, Positions::kMaxFiles, 9});
  EXPECT_FALSE(positions.find("a", 1, 1));
  EXPECT_EQ(positions.find("a", 1, 0)->offset, 5U);
  EXPECT_EQ(positions.find("a", 1, 2)->offset, 2U);
  EXPECT_EQ(positions.find("a", 1, Positions::kMaxFiles)->offset, 9U);
}

TEST(ReadPositions, AreForgottenByFileWhileTheSourceStaysKnown) {
  Positions positions;
  positions.save("a", {1, 2, 3});
  positions.save("b", {1, 2, 4});
  positions.forget("a", 1, 2);
  positions.forget("c", 1, 2);
  EXPECT_FALSE(positions.find("a", 1, 2));
  EXPECT_TRUE(positions.knows("a"));
  EXPECT_FALSE(positions.knows("c"));
  EXPECT_EQ(positions.find("b", 1, 2)->offset, 4U);
}

TEST(ReadPositions, AreListedWithWhatTellsTheirFiles) {
  Positions positions;
  EXPECT_TRUE(positions.all("a").empty());
  positions.save("a", {.device = 1, .inode = 2, .offset = 3, .size = 9, .birth = 4, .head = 5});
  positions.save("a", {.device = 1, .inode = 7});
  const auto all = positions.all("a");
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all.front().size, 9U);
  EXPECT_EQ(all.front().birth, 4);
  EXPECT_EQ(all.front().head, 5U);
  EXPECT_EQ(all.back().inode, 7U);
}

TEST(ReadPositions, KnowWhenASourceWasLastLookedAt) {
  Positions positions;
  EXPECT_FALSE(positions.last_look("a"));
  positions.save("a", {1, 2, 3});
  EXPECT_FALSE(positions.last_look("a"));
  positions.looked("a", 100);
  positions.looked("b", 50);
  positions.looked("a", 200);
  EXPECT_EQ(positions.last_look("a"), 200);
  EXPECT_TRUE(positions.knows("b"));
  EXPECT_TRUE(positions.all("b").empty());
}

TEST(ReadPositions, AreSavedFromSeveralThreads) {
  Positions positions;
  std::vector<std::jthread> writers;
  for (std::uint64_t w = 0; w < 4; ++w) {
    writers.emplace_back([&positions, w] {
      for (std::uint64_t i = 0; i < 500; ++i) {
        positions.save("a", {w, i % 10, i});
        const auto other = positions.find("a", (w + 1) % 4, 0);
        EXPECT_TRUE(!other || other->offset % 10 == 0);
      }
    });
  }
  writers.clear();
  for (std::uint64_t w = 0; w < 4; ++w) EXPECT_EQ(positions.find("a", w, 9)->offset, 499U);
}

}  // namespace
}  // namespace wayside
