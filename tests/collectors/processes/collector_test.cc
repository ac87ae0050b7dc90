#include "collectors/processes/collector.h"

#include <chrono>
#include <cstdlib>

#include "agent/system/units.h"
#include "tests/collectors/processes/watched.h"

namespace wayside {
namespace {

TEST_F(Watched, AGroupIsSummedOverItsProcesses) {
  group({.name = "api", .command = "server\\.js"});
  proc_.put(worker_process(10));
  proc_.put(worker_process(11));
  auto other = worker_process(12);
  other.command = "redis-server";
  proc_.put(other);
  poll();
  EXPECT_EQ(outcome_.state, Outcome::State::ok);
  EXPECT_EQ(procs(), 2);
  const std::string memory = "namedprocess_namegroup_memory_bytes{groupname=\"api\",memtype=";
  EXPECT_EQ(value(memory + "\"resident\"}"), 200 * bytes_per_page());
  EXPECT_EQ(value(memory + "\"virtual\"}"), 2 * 1'048'576);
  EXPECT_EQ(value(memory + "\"swapped\"}"), 2 * 4096);
  EXPECT_EQ(value(memory + "\"proportionalResident\"}"), 2 * 50 * 1024);
  EXPECT_EQ(value("namedprocess_namegroup_open_filedesc{groupname=\"api\"}"), 6);
  EXPECT_EQ(value("namedprocess_namegroup_worst_fd_ratio{groupname=\"api\"}"), 0.03);
  EXPECT_EQ(value("namedprocess_namegroup_oldest_start_time_seconds{groupname=\"api\"}"),
            1'700'000'000 + ticks(1000));
  EXPECT_EQ(value("namedprocess_namegroup_states{groupname=\"api\",state=\"Sleeping\"}"), 2);
}

TEST_F(Watched, CountersBeginAtZeroAndGoOnThroughDeathAndASuccessor) {
  group({.name = "api", .command = "server\\.js"});
  auto first = worker_process(10);
  first.user = 500;
  proc_.put(first);
  poll();
  EXPECT_EQ(group_cpu(), 0);
  first.user = 530;
  proc_.put(first);
  poll();
  EXPECT_EQ(group_cpu(), ticks(30));
  EXPECT_EQ(worker_cpu("0"), ticks(30));
  proc_.remove(10);
  poll();
  EXPECT_EQ(procs(), 0);
  EXPECT_EQ(group_cpu(), ticks(30));
  EXPECT_EQ(worker_cpu("0"), ticks(30));
  EXPECT_EQ(worker("resident_memory_bytes", "0"), std::nullopt);
  auto second = worker_process(20, 9000);
  second.user = 7;  // all its life was under our eyes
  proc_.put(second);
  poll();
  EXPECT_EQ(group_cpu(), ticks(37));
  EXPECT_EQ(worker_cpu("0"), ticks(37));
  EXPECT_EQ(worker("restarts_total", "0"), 1);
  EXPECT_EQ(worker("start_time_seconds", "0"), 1'700'000'000 + ticks(9000));
}

TEST_F(Watched, APidThatIsUsedAgainIsAnotherProcess) {
  group({.name = "api", .command = "server\\.js"});
  auto process = worker_process(10);
  process.user = 1000;
  proc_.put(process);
  poll();
  process.user = 1010;
  proc_.put(process);
  poll();
  proc_.remove(10);
  auto again = worker_process(10, 5000);
  again.user = 5;
  proc_.put(again);
  poll();
  EXPECT_EQ(procs(), 1);
  EXPECT_EQ(group_cpu(), ticks(15));
  EXPECT_EQ(worker("restarts_total", "0"), 1);
  proc_.remove(10);
  auto stranger = worker_process(10, 6000);
  stranger.command = "something else";
  stranger.user = 999;
  proc_.put(stranger);
  poll();
  EXPECT_EQ(procs(), 0);
  EXPECT_EQ(group_cpu(), ticks(15));
}

TEST_F(Watched, ASuccessorTakesTheLowestPlaceThatIsFree) {
  group({.name = "api", .command = "server\\.js"});
  for (int pid = 10; pid < 13; ++pid) proc_.put(worker_process(pid, 1000 + pid));
  poll();
  proc_.remove(11);
  proc_.put(worker_process(30, 4000));
  poll();
  EXPECT_EQ(worker("restarts_total", "0"), 0);
  EXPECT_EQ(worker("restarts_total", "1"), 1);
  EXPECT_EQ(worker("restarts_total", "2"), 0);
  EXPECT_EQ(worker("restarts_total", "3"), std::nullopt);
  EXPECT_EQ(worker("start_time_seconds", "1"), 1'700'000'000 + ticks(4000));
}

TEST_F(Watched, APlaceThatNobodyTookForAnHourIsForgotten) {
  group({.name = "api", .command = "server\\.js"});
  proc_.put(worker_process(10));
  proc_.put(worker_process(11));
  poll();
  proc_.remove(11);
  poll();
  EXPECT_EQ(worker("restarts_total", "1"), 0);
  poll(std::chrono::minutes(59));
  EXPECT_EQ(worker("restarts_total", "1"), 0);
  poll(std::chrono::minutes(2));
  EXPECT_EQ(worker("restarts_total", "1"), std::nullopt);
  EXPECT_EQ(worker("restarts_total", "0"), 0);
}

TEST_F(Watched, WorkersBeyondTheBoundAreCountedWithoutSeriesOfTheirOwn) {
  group({.name = "api", .command = "server\\.js", .max_workers = 2});
  for (int pid = 10; pid < 15; ++pid) proc_.put(worker_process(pid, 1000 + pid));
  poll();
  EXPECT_EQ(procs(), 5);
  EXPECT_EQ(value("wayside_workers_without_place{groupname=\"api\"}"), 3);
  EXPECT_TRUE(worker("threads", "1"));
  EXPECT_FALSE(worker("threads", "2"));
  proc_.remove(10);
  poll();
  EXPECT_EQ(value("wayside_workers_without_place{groupname=\"api\"}"), 2);
  EXPECT_EQ(worker("restarts_total", "0"), 1);
}

// WAYSIDE_REFRESH_GOLDEN=1 writes the file anew: look at its difference before committing it.
TEST_F(Watched, GoldenAllThatIsToldOfAMasterItsWorkersAndAnEmptyGroup) {
  group({.name = "api", .command = "gunicorn"});
  group({.name = "nobody", .comm = {"nobody"}});
  for (int pid = 10; pid < 13; ++pid) {
    auto process = worker_process(pid, 1000 + pid);
    process.command = "python3 gunicorn app:app";
    process.parent = pid == 10 ? 1 : 10;
    proc_.put(process);
  }
  poll();
  auto busy = worker_process(12, 1012);
  busy.command = "python3 gunicorn app:app";
  busy.parent = 10;
  busy.user = 40;
  busy.minor_faults = 5;
  busy.read_bytes = 4096;
  proc_.put(busy);
  proc_.remove(11);
  poll();
  const std::filesystem::path golden = WAYSIDE_GOLDEN "/processes.samples";
  if (std::getenv("WAYSIDE_REFRESH_GOLDEN") != nullptr) support::write_file(golden, page());
  EXPECT_EQ(page(), support::read_file(golden));
}

}  // namespace
}  // namespace wayside
