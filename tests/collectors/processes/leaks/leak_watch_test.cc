#include "collectors/processes/leaks/leak_watch.h"

#include <gtest/gtest.h>

#include "tests/collectors/processes/group_fixture.h"
#include "tests/support/temp_dir.h"

namespace wayside {
namespace {

constexpr std::uint64_t kMega = 1'000'000;
const std::string kGrowth = "wayside_memory_growth_bytes_per_second";
const std::string kSuspected = "wayside_memory_leak_suspected";
const std::string kExhaustion = "wayside_memory_exhaustion_seconds";
const std::string kGroupSuspected = "wayside_group_memory_leak_suspected";

class LeakWatchTest : public testing::Test {
 protected:
  // Each worker grows by so many megabytes a second, for `length` seconds.
  void grow(int length, const std::vector<std::uint64_t>& megabytes) {
    for (int second = 0; second < length; ++second) {
      stand_.clock.advance(std::chrono::seconds(1));
      for (std::size_t i = 0; i < megabytes.size(); ++i) {
        stand_.workers[i].rss_bytes += megabytes[i] * kMega;
      }
      if (second % 5 == 4) {
        stand_.poll(watch_);
      } else {
        stand_.sample(watch_);
      }
    }
  }
  WorkerView& worker(int place, pid_t pid) {
    WorkerView& made = stand_.add(place, pid);
    made.rss_bytes = 100 * kMega;
    return made;
  }

  GroupStand stand_;
  LeakWatch watch_{stand_.context()};
};

TEST_F(LeakWatchTest, NamesTheWorkerThatLeaksWithinTwoMinutesWithItsFigures) {
  worker(0, 10);
  worker(1, 11);
  stand_.memory_limit = 1'000 * kMega;
  stand_.poll(watch_);
  grow(120, {0, 1});
  ASSERT_EQ(stand_.events.events.size(), 1U);  // the group's is the same leak
  const Event& event = stand_.events.events[0];
  EXPECT_EQ(event.name, "leak_suspected");
  EXPECT_EQ(event.level, Level::warn);
  EXPECT_EQ(event.fields["service"], "api");
  EXPECT_EQ(event.fields["group"], "app");
  EXPECT_EQ(event.fields["worker"], "1");
  EXPECT_EQ(event.fields["pid"], 11);
  EXPECT_NEAR(event.fields["growth_bytes_per_second"].get<double>(), 1e6, 1e3);
  EXPECT_EQ(event.fields["limit_bytes"], 1e9);
  EXPECT_GT(event.fields["to_bytes"].get<double>(), event.fields["from_bytes"].get<double>());
  EXPECT_LT(event.fields["p_value"].get<double>(), 1e-4);
  EXPECT_EQ(stand_.of_worker(kSuspected, "1"), 1);
  EXPECT_EQ(stand_.of_worker(kSuspected, "0"), 0);
  EXPECT_EQ(stand_.of_group(kGroupSuspected), 1);
  EXPECT_NEAR(*stand_.of_worker(kGrowth, "1"), 1e6, 1e3);
  // 1,000 MB less the 320 MB of both.
  EXPECT_NEAR(*stand_.of_worker(kExhaustion, "1"), 680, 2);
  EXPECT_FALSE(stand_.of_worker(kExhaustion, "0"));
}

TEST_F(LeakWatchTest, TellsNothingOfAProcessThatJustStarted) {
  worker(0, 10);
  stand_.poll(watch_);
  grow(60, {1});
  EXPECT_FALSE(stand_.of_worker(kSuspected, "0"));
  EXPECT_FALSE(stand_.of_worker(kGrowth, "0"));
}

TEST_F(LeakWatchTest, BeginsAnewWithASuccessorAndEndsTheSuspicion) {
  worker(0, 10);
  stand_.poll(watch_);
  grow(130, {1});
  EXPECT_EQ(stand_.of_worker(kSuspected, "0"), 1);
  stand_.workers.clear();
  worker(0, 12);
  stand_.poll(watch_);
  ASSERT_EQ(stand_.events.count("leak_over"), 1U);
  EXPECT_EQ(stand_.events.events.back().fields["why"], "process_ended");
  EXPECT_EQ(stand_.events.events.back().fields["pid"], 10);
  EXPECT_FALSE(stand_.of_worker(kSuspected, "0"));
}

TEST_F(LeakWatchTest, SaysWhenTheGrowthIsOver) {
  worker(0, 10);
  stand_.poll(watch_);
  grow(150, {1});
  grow(400, {0});
  EXPECT_EQ(stand_.events.count("leak_suspected"), 1U);
  ASSERT_EQ(stand_.events.count("leak_over"), 1U);
  EXPECT_EQ(stand_.events.events.back().fields["why"], "growth_ended");
  EXPECT_EQ(stand_.of_worker(kSuspected, "0"), 0);
}

TEST_F(LeakWatchTest, DoesNotCountPagesOfFiles) {
  worker(0, 10).anonymous_bytes = 60 * kMega;
  stand_.poll(watch_);
  grow(300, {1});  // resident pages grow, anonymous ones do not
  EXPECT_TRUE(stand_.events.events.empty());
  EXPECT_EQ(stand_.of_worker(kSuspected, "0"), 0);
}

TEST_F(LeakWatchTest, SeesALeakThatManyWorkersShare) {
  for (int place = 0; place < 20; ++place) worker(place, 10 + place);
  for (WorkerView& each : stand_.workers) each.worker = WorkerView::kOverflow;
  stand_.poll(watch_);
  grow(130, std::vector<std::uint64_t>(20, 1));
  ASSERT_EQ(stand_.events.count("leak_suspected"), 1U);
  EXPECT_FALSE(stand_.events.events[0].fields.contains("worker"));
  stand_.workers.clear();
  stand_.poll(watch_);
  EXPECT_EQ(stand_.events.count("leak_over"), 1U);
  EXPECT_FALSE(stand_.of_group(kGroupSuspected));
}

// Another service in the same container, say.
TEST_F(LeakWatchTest, WhatOthersUseOfTheCgroupIsNotLeft) {
  worker(0, 10);
  stand_.memory_limit = 1'000 * kMega;
  stand_.cgroup_used = 900 * kMega;
  stand_.poll(watch_);
  grow(120, {1});
  EXPECT_NEAR(*stand_.of_worker(kExhaustion, "0"), 100, 2);
}

// Where there are too many processes to be looked at each second.
TEST_F(LeakWatchTest, IsKnownFromTheFirstWindowThatIsFullWhereLooksAreRare) {
  worker(0, 10);
  for (int look = 0; look < 130; ++look) {
    stand_.clock.advance(std::chrono::seconds(5));
    stand_.workers[0].rss_bytes += 5 * kMega;
    stand_.poll(watch_);
  }
  ASSERT_EQ(stand_.events.count("leak_suspected"), 1U);
  EXPECT_TRUE(stand_.events.events[0].fields.contains("worker"));
  EXPECT_EQ(stand_.of_worker(kSuspected, "0"), 1);
  stand_.workers.clear();
  stand_.poll(watch_);
  EXPECT_EQ(stand_.events.count("leak_over"), 1U);
}

TEST_F(LeakWatchTest, TakesTheHostsMemoryForTheEndWhereThereIsNoLimit) {
  const support::TempDir proc;
  support::write_file(proc / "meminfo", "MemTotal: 9 kB\nMemAvailable: 1000000 kB\n");
  stand_.environment.proc = proc.path();
  LeakWatch watch(stand_.context());
  worker(0, 10);
  for (int second = 0; second < 120; ++second) {
    stand_.clock.advance(std::chrono::seconds(1));
    stand_.workers[0].rss_bytes += kMega;
    stand_.poll(watch);
  }
  EXPECT_NEAR(*stand_.of_worker(kExhaustion, "0"), 1'024, 2);
  ASSERT_EQ(stand_.events.events.size(), 1U);
  EXPECT_FALSE(stand_.events.events[0].fields.contains("limit_bytes"));
}

}  // namespace
}  // namespace wayside
