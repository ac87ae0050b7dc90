#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <random>

#include "tests/collectors/access_log/source/torture_fixture.h"

namespace wayside {
namespace {

namespace fs = std::filesystem;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || !defined(NDEBUG)
constexpr std::size_t kLines = 200'000;
#else
constexpr std::size_t kLines = 1'000'000;
#endif

class Torture : public testing::Test {
 protected:
  Torture() {
    shared.sink = [this] { return tally.sink(); };
  }
  void expect_each_once() const {
    EXPECT_EQ(tally.strange(), 0U);
    std::size_t missing = 0;
    std::size_t twice = 0;
    for (std::size_t i = 0; i < kLines; ++i) {
      missing += tally.count(i) == 0 ? 1 : 0;
      twice += tally.count(i) > 1 ? 1 : 0;
    }
    EXPECT_EQ(missing, 0U);
    EXPECT_EQ(twice, 0U);
  }

  TempDir dir;
  Tally tally{kLines};
  Following::Shared shared;
};

TEST_F(Torture, EveryLineCountsOnceThroughRotationsOfAllKinds) {
  Tormentor writer(dir.path().string(), kLines, tally);
  Following following(shared, {{writer.log()}, {writer.dated()}});
  ASSERT_TRUE(eventually([&] { return following.caught_up(); }));
  writer.run();
  eventually([&] { return tally.lines() >= kLines; });
  ASSERT_TRUE(eventually([&] { return following.stats().lag_bytes == 0; }));
  following.stop();
  expect_each_once();
  EXPECT_EQ(following.stats(0).lost_bytes, 0U);
  EXPECT_EQ(following.stats(1).lost_bytes, 0U);
  EXPECT_THAT(writer.turns(), testing::Each(testing::Gt(0)));
}

// Nothing is deleted: what was not read by the time of a stop cannot be found after it.
TEST_F(Torture, EveryLineCountsOnceThroughRestartsAsWell) {
  constexpr std::size_t kBetween = kLines / 40;
  Tormentor writer(dir.path().string(), kLines, tally);
  writer.spare_from_deletion();
  const std::vector<FollowSource> sources = {{writer.log()}, {writer.dated()}};
  auto following = std::make_unique<Following>(shared, sources);
  ASSERT_TRUE(eventually([&] { return following->caught_up(); }));
  std::atomic<bool> done{false};
  const std::jthread writing([&] {
    writer.run();
    done = true;
  });
  std::mt19937 random(3);  // NOLINT: the same every time
  for (std::size_t next = kBetween; !done; next = tally.lines() + kBetween) {
    eventually([&] { return done || tally.lines() >= next; });
    following->stop();
    std::this_thread::sleep_for(std::chrono::milliseconds(random() % 30));
    following = std::make_unique<Following>(shared, sources);
  }
  eventually([&] { return tally.lines() >= kLines; });
  ASSERT_TRUE(eventually([&] { return following->caught_up(); }));
  following->stop();
  expect_each_once();
}

TEST_F(Torture, LostBytesAreCountedExactly) {
  FollowTimes times = quick_times();
  times.patience.deleted = times.patience.deleted_alone = Micros{30'000};
  std::mt19937 random(5);  // NOLINT: the same every time
  std::uint64_t lost = 0;
  std::uint64_t told = 0;
  const std::string log = dir.file("access.log");
  const std::vector<FollowSource> sources = {{log, true}};
  auto following = std::make_unique<Following>(shared, sources, times);
  for (std::size_t i = 0; i < 30; ++i) {
    const std::string half(1 + random() % 100'000, 'x');
    append(log, std::to_string(i) + " end\n" + half);
    ASSERT_TRUE(eventually([&] { return following->stats().lag_bytes == half.size(); }));
    lost += half.size();
    if (i % 3 == 0) {
      fs::resize_file(log, 0);
    } else if (i % 3 == 1) {
      fs::remove(log);
      ASSERT_TRUE(eventually([&] { return following->stats().files == 0; }));
    } else {
      following->stop();
      told += following->stats().lost_bytes;
      fs::remove(log);
      following = std::make_unique<Following>(shared, sources, times);
    }
    ASSERT_TRUE(eventually([&] { return told + following->stats().lost_bytes == lost; })) << i;
  }
  EXPECT_EQ(tally.lines(), 30U);
}

class SlowSink final : public LineSink {
 public:
  explicit SlowSink(std::unique_ptr<LineSink> inner) : inner_(std::move(inner)) {}
  void head(std::string_view lines) override { inner_->head(lines); }
  void lines(std::string_view block) override {
    inner_->lines(block);
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  void line_too_long() override { inner_->line_too_long(); }

 private:
  std::unique_ptr<LineSink> inner_;
};

TEST_F(Torture, WhatAStoppedReaderHadBeforeItIsLostWithTheFile) {
  shared.sink = [this] { return std::make_unique<SlowSink>(tally.sink()); };
  const std::string log = dir.file("access.log");
  std::string text;
  for (std::size_t i = 0; i < kLines; ++i) text += std::to_string(i) + " and so on to its end\n";
  append(log, text);
  {
    const Following following(shared, {{log, true}});
    ASSERT_TRUE(eventually([&] { return tally.lines() > 0; }));
  }
  ASSERT_LT(tally.lines(), kLines);
  fs::remove(log);
  const Following following(shared, {{log, true}});
  const std::uint64_t lost = text.size() - tally.bytes();
  EXPECT_TRUE(eventually([&] { return following.stats().lost_bytes == lost; }));
}

}  // namespace
}  // namespace wayside
