#include "agent/requests/top_sketch.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace wayside {
namespace {

TEST(TopSketches, FewKeysAreExact) {
  TopSketch sketch(1);
  for (int i = 0; i < 30; ++i) {
    sketch.add("often", {.slow = i % 2 == 0, .failed = i % 3 == 0});
    if (i % 10 == 0) sketch.add("seldom", {});
  }
  const auto top = merge(TopSketch(1), sketch);
  ASSERT_EQ(top.size(), 2U);
  EXPECT_EQ(top[0].key, "often");
  EXPECT_EQ(top[0].count, 30U);
  EXPECT_EQ(top[0].error, 0U);
  EXPECT_EQ(top[0].slow, 15U);
  EXPECT_EQ(top[0].failed, 10U);
  EXPECT_EQ(top[1].count, 3U);
}

// Whatever is thrown at it: no more counters, every true count within its bounds, and no frequent
// key missing.
TEST(TopSketches, TheBoundsHoldForAnyNumberOfKeys) {
  std::mt19937 random(5);
  TopSketch sketch(1);
  std::map<std::string, std::uint64_t> truth;
  constexpr std::uint64_t kAll = 50'000;
  for (std::uint64_t i = 0; i < kAll; ++i) {
    const auto rank =
        static_cast<unsigned>(1.0 / (1e-4 + static_cast<double>(random() % 10'000) / 10'000.0));
    const std::string key = "client-" + std::to_string(rank);
    ++truth[key];
    sketch.add(key, {.slow = true});
  }
  EXPECT_EQ(sketch.counters().size(), TopSketch::kCounters);
  std::map<std::string, TopSketch::Counter> kept;
  for (const auto& counter : sketch.counters()) kept[counter.key] = counter;
  for (const auto& [key, counter] : kept) {
    EXPECT_GE(counter.count, truth[key]) << key;
    EXPECT_LE(counter.count - counter.error, truth[key]) << key;
    EXPECT_LE(counter.slow, truth[key]) << key;
  }
  for (const auto& [key, count] : truth) {
    if (kept.contains(key)) continue;
    EXPECT_LE(count, sketch.unseen()) << key;
    EXPECT_LE(count, kAll / TopSketch::kCounters) << key;
  }
}

TEST(TopSketches, TwoSpansAreMergedWithTheirBounds) {
  TopSketch before(1);
  TopSketch now(1);
  for (int i = 0; i < 100; ++i) before.add("crowd-" + std::to_string(i), {});
  for (int i = 0; i < 5; ++i) now.add("a", {.failed = true});
  const auto top = merge(before, now);
  ASSERT_FALSE(top.empty());
  EXPECT_EQ(top[0].key, "a");
  EXPECT_EQ(top[0].failed, 5U);
  EXPECT_EQ(top[0].count, 5 + before.unseen()) << "it may have been in the crowd as well";
  EXPECT_EQ(top[0].count - top[0].error, 5U);
}

TEST(TopSketches, KeysAreBounded) {
  TopSketch sketch(1);
  sketch.add(std::string(100'000, 'x'), {});
  EXPECT_EQ(sketch.counters().at(0).key.size(), TopSketch::kMaxKey);
}

}  // namespace
}  // namespace wayside
