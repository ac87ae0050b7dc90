#include "collectors/processes/leaks/leak_track.h"

#include <gtest/gtest.h>

#include "tests/collectors/processes/leaks/levels.h"

namespace wayside {
namespace {

constexpr double kBase = 100 * kMegabyte;
constexpr double kHours = 3'600;

double leak(double second) {
  return kBase + second * kMegabyte;
}

Level saw_tooth(double period, double height) {
  return [=](double second) { return kBase + height * std::fmod(second, period) / period; };
}

// Collections of the whole heap, each after another time and at another height.
Level random_teeth(double shortest, double longest, std::uint64_t seed) {
  return [=, random = std::mt19937_64(seed), any = std::uniform_real_distribution<>(0, 1),
          now = 0.0, top = 0.0, rate = 0.0](double) mutable {
    if (now >= top) {
      now = kBase + any(random) * 20 * kMegabyte;
      top = now + (50 + any(random) * 200) * kMegabyte;
      rate = (top - now) / (shortest + any(random) * (longest - shortest));
    }
    now += rate * (0.5 + any(random));
    return now;
  };
}

TEST(LeakTrack, NamesAMegabyteASecondWithinTwoMinutes) {
  const LeakRules rules;
  const auto at = first_suspected(leak, 600, rules);
  ASSERT_TRUE(at);
  EXPECT_LE(*at, 120);
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto noisy_at = first_suspected(noisy(leak, 0.5 * kMegabyte, seed), 600, rules);
    ASSERT_TRUE(noisy_at) << seed;
    EXPECT_LE(*noisy_at, 120) << seed;
  }
}

TEST(LeakTrack, NamesASlowLeakInALongerWindow) {
  const auto at =
      first_suspected([](double second) { return kBase + second * 10e3; }, 3 * kHours, LeakRules{});
  ASSERT_TRUE(at);
  EXPECT_GT(*at, 0.8 * kHours);
  EXPECT_LT(*at, 1.2 * kHours);
}

TEST(LeakTrack, NamesALeakBelowTheSawToothOfAGarbageCollector) {
  for (const double period : {2.0, 10.0, 45.0}) {
    const auto saw = saw_tooth(period, 80 * kMegabyte);
    const auto at = first_suspected([&](double second) { return saw(second) + leak(second); },
                                    2 * kHours, LeakRules{});
    ASSERT_TRUE(at) << period;
  }
}

// As V8 does it: once in some minutes a collection gives back much, and it is taken again at once.
TEST(LeakTrack, NamesALeakThatDipsNowAndThen) {
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    std::mt19937_64 random(seed);
    std::bernoulli_distribution begins(1.0 / 240);
    double dip = 0;
    const auto level = [&](double second) {
      if (begins(random)) dip = 15;
      const double lower = --dip > 0 ? 36 * kMegabyte : 0;
      return kBase + second * 0.12 * kMegabyte - lower;
    };
    const auto at = first_suspected(level, 2 * kHours, LeakRules{});
    ASSERT_TRUE(at) << seed;
    EXPECT_LT(*at, 1.1 * kHours) << seed;
  }
}

// As any runtime with generations: great teeth that are unlike, of some seconds each.
TEST(LeakTrack, NamesALeakBelowUnevenTeeth) {
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    const auto teeth = random_teeth(1, 30, seed);
    const auto level = [&](double second) { return teeth(second) + second * kMegabyte; };
    const auto at = first_suspected(level, 2 * kHours, LeakRules{});
    ASSERT_TRUE(at) << seed;
    EXPECT_LT(*at, 0.5 * kHours) << seed;
  }
}

TEST(LeakTrack, NamesNeitherALevelNorASawTooth) {
  const LeakRules rules;
  EXPECT_FALSE(first_suspected([](double) { return kBase; }, 8 * kHours, rules));
  for (const double period : {2.0, 7.0, 20.0, 60.0}) {
    EXPECT_FALSE(first_suspected(saw_tooth(period, 80 * kMegabyte), 8 * kHours, rules)) << period;
  }
}

TEST(LeakTrack, NamesNoLaterToothOfALongSaw) {
  const LeakRules rules;
  LeakTrack track(rules);
  TrendRoom room;
  const auto saw = saw_tooth(300, 600 * kMegabyte);
  for (double second = 0; second < 4 * kHours; ++second) {
    track.add(second, saw(second));
    const auto change = track.weigh(second, room);
    ASSERT_FALSE(second > 300 && change == LeakTrack::Change::suspected) << second;
  }
}

std::size_t times_suspected(const Level& level, double seconds) {
  const LeakRules rules;
  LeakTrack track(rules);
  TrendRoom room;
  std::size_t times = 0;
  for (double second = 0; second < seconds; ++second) {
    track.add(second, level(second));
    if (std::fmod(second, 5) != 0) continue;
    if (track.weigh(second, room) == LeakTrack::Change::suspected) ++times;
  }
  return times;
}

// The first may be named: nobody can know yet that it falls again.
TEST(LeakTrack, NamesNoSecondToothOfASawWhoseTeethAreUnlike) {
  for (const std::uint64_t seed : {4, 9}) {
    EXPECT_LE(times_suspected(random_teeth(5, 120, seed), 6 * kHours), 1U) << seed;
    EXPECT_LE(times_suspected(random_teeth(60, 1'200, seed), 6 * kHours), 1U) << seed;
  }
}

TEST(LeakTrack, NamesNoStep) {
  const LeakRules rules;
  for (const double when : {30.0, 100.0, 1'000.0}) {
    const auto step = [=](double second) { return second < when ? kBase : 9 * kBase; };
    EXPECT_FALSE(first_suspected(step, 2 * kHours, rules)) << when;
    EXPECT_FALSE(first_suspected(noisy(step, kMegabyte, 1), 2 * kHours, rules)) << when;
  }
}

TEST(LeakTrack, NamesNoCacheThatFillsAndFlattens) {
  const LeakRules rules;
  for (const double time : {5.0, 30.0, 60.0, 120.0, 300.0, 900.0}) {
    const auto fill = [=](double second) { return kBase + 1e9 * (1 - std::exp(-second / time)); };
    EXPECT_FALSE(first_suspected(fill, 2 * kHours, rules)) << time;
  }
}

// Thousands of series that go nowhere: their steps up and down are equally likely, small or great,
// frequent or rare.
TEST(LeakTrack, NamesNoRandomWalk) {
  const LeakRules rules;
  constexpr std::uint64_t kSeries = 2'000;
  std::size_t named = 0;
  for (std::uint64_t seed = 0; seed < kSeries; ++seed) {
    std::mt19937_64 random(seed);
    std::normal_distribution<> step(0, std::pow(10, static_cast<double>(seed % 3)) * 1e5);
    std::bernoulli_distribution moves(seed % 2 == 0 ? 1 : 0.2);
    double level = 5 * kBase;
    const auto walk = [&](double) {
      if (moves(random)) level = std::max(0.0, level + step(random));
      return level;
    };
    if (first_suspected(walk, 700, rules)) ++named;
  }
  EXPECT_EQ(named, 0U) << "of " << kSeries;
}

TEST(LeakTrack, KnowsNothingBeforeItsShortestWindowIsFull) {
  const LeakRules rules;
  LeakTrack track(rules);
  TrendRoom room;
  for (double second = 0; second < 60; ++second) track.add(second, leak(second));
  track.weigh(60, room);
  EXPECT_FALSE(track.suspected());
  for (double second = 60; second < 100; ++second) track.add(second, kBase);
  track.weigh(100, room);
  EXPECT_EQ(track.suspected(), false);
}

TEST(LeakTrack, EndsItsSuspicionAWindowAfterTheEvidenceIsGone) {
  const LeakRules rules;
  LeakTrack track(rules);
  TrendRoom room;
  std::optional<double> over;
  for (double second = 0; second < 1'000 && !over; ++second) {
    track.add(second, leak(std::min(second, 200.0)));
    if (track.weigh(second, room) == LeakTrack::Change::over) over = second;
    ASSERT_TRUE(second != 200 || track.suspected() == true);
  }
  ASSERT_TRUE(over);
  EXPECT_GT(*over, 200 + rules.windows[0]);
  EXPECT_LT(*over, 200 + 3 * rules.windows[0]);
  EXPECT_EQ(track.suspected(), false);
}

}  // namespace
}  // namespace wayside
