#include "collectors/processes/workers/work_watch.h"

#include <gtest/gtest.h>

#include "agent/system/units.h"
#include "tests/collectors/processes/group_fixture.h"

namespace wayside {
namespace {

using std::chrono::seconds;

class WorkWatchTest : public testing::Test {
 protected:
  // Each worker uses its part of a core for so long.
  void work(int length, const std::vector<double>& cores) {
    for (int second = 0; second < length; ++second) {
      stand_.clock.advance(seconds(1));
      for (std::size_t i = 0; i < cores.size(); ++i) {
        stand_.workers[i].cpu_ticks +=
            static_cast<std::uint64_t>(cores[i] / seconds_per_tick() + 0.5);
      }
      if (second % 5 == 4) {
        stand_.poll(watch_);
      } else {
        stand_.sample(watch_);
      }
    }
    stand_.poll(watch_);
  }

  GroupStand stand_;
  WorkWatch watch_{stand_.context()};
};

TEST_F(WorkWatchTest, CountsWhoRunsOrUsedTheCpuInTheLastSecond) {
  stand_.add(WorkerView::kMaster, 9).state = 'R';
  for (int place = 0; place < 4; ++place) stand_.add(place, 10 + place);
  stand_.workers[1].state = 'R';
  stand_.workers[2].state = 'D';
  stand_.poll(watch_);
  work(2, {1, 0, 0, 0.5, 0.02});
  EXPECT_EQ(stand_.of_group("wayside_workers_busy"), 3);
  EXPECT_EQ(stand_.of_group("wayside_workers_idle"), 1);
  EXPECT_EQ(fact(stand_.facts, "api", "workers_busy", stand_.clock.wall()), 3);
  work(3, {1, 0, 0, 0, 0});
  EXPECT_EQ(stand_.of_group("wayside_workers_busy"), 2);
}

TEST_F(WorkWatchTest, TellsSlowRequestsOfTheLastSecondBetweenPolls) {
  stand_.add(0, 10);
  stand_.add(1, 11);
  stand_.poll(watch_);
  stand_.clock.advance(seconds(1));
  stand_.workers[0].cpu_ticks += static_cast<std::uint64_t>(0.5 / seconds_per_tick());
  stand_.sample(watch_);
  EXPECT_EQ(fact(stand_.facts, "api", "workers_busy", stand_.clock.wall()), 1);
  stand_.clock.advance(seconds(2));
  stand_.sample(watch_);
  EXPECT_EQ(fact(stand_.facts, "api", "workers_busy", stand_.clock.wall()), 0);
}

TEST_F(WorkWatchTest, CountsNoHelper) {
  stand_.add(0, 10);
  stand_.add(WorkerView::kHelper, 11);
  stand_.poll(watch_);
  EXPECT_EQ(stand_.of_group("wayside_workers_idle"), 1);
}

TEST_F(WorkWatchTest, SharesTheWorkOfTheLastMinute) {
  stand_.add(0, 10);
  stand_.add(1, 11);
  stand_.poll(watch_);
  work(60, {0.6, 0.2});
  EXPECT_NEAR(*stand_.of_worker("wayside_worker_cpu_share", "0"), 0.75, 1e-9);
  EXPECT_NEAR(*stand_.of_worker("wayside_worker_cpu_share", "1"), 0.25, 1e-9);
  EXPECT_NEAR(*stand_.of_group("wayside_worker_imbalance"), 1.5, 1e-9);
  work(65, {0.4, 0.4});
  EXPECT_NEAR(*stand_.of_group("wayside_worker_imbalance"), 1, 1e-9);
}

TEST_F(WorkWatchTest, TellsNoImbalanceOfOneWorkerNorWithoutWork) {
  stand_.add(0, 10);
  stand_.poll(watch_);
  work(10, {0.5});
  EXPECT_EQ(stand_.of_worker("wayside_worker_cpu_share", "0"), 1);
  EXPECT_FALSE(stand_.of_group("wayside_worker_imbalance"));
  stand_.add(1, 11);
  work(70, {0, 0});
  EXPECT_FALSE(stand_.of_worker("wayside_worker_cpu_share", "0"));
  EXPECT_FALSE(stand_.of_group("wayside_worker_imbalance"));
}

TEST_F(WorkWatchTest, GoesOnInAPlaceWhoseProcessWasReplaced) {
  stand_.add(0, 10).cpu_ticks = 5'000;
  stand_.add(1, 11);
  stand_.poll(watch_);
  work(10, {0.5, 0.5});
  stand_.workers[0].pid = 20;  // its ticks begin anew
  stand_.workers[0].start_ticks = 20;
  stand_.workers[0].cpu_ticks = 0;
  stand_.clock.advance(seconds(1));
  stand_.poll(watch_);
  work(10, {0.5, 0.5});
  EXPECT_NEAR(*stand_.of_group("wayside_worker_imbalance"), 1, 0.05);
}

TEST_F(WorkWatchTest, TellsNothingOfAGroupWithoutProcesses) {
  stand_.poll(watch_);
  EXPECT_FALSE(stand_.of_group("wayside_workers_busy"));
  EXPECT_FALSE(fact(stand_.facts, "api", "workers_busy", stand_.clock.wall()));
}

}  // namespace
}  // namespace wayside
