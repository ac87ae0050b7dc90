// Events and facts of groups.
#include <gmock/gmock.h>

#include <chrono>
#include <map>

#include "agent/system/units.h"
#include "tests/collectors/processes/watched.h"

namespace wayside {
namespace {

using testing::IsEmpty;

TEST_F(Watched, MemoryIsLoggedEachMinuteAndWhenItRunsOut) {
  group({.name = "api", .command = "server\\.js"});
  auto process = worker_process(10);
  proc_.put(process);
  poll();
  EXPECT_THAT(events_.events, IsEmpty());
  poll(std::chrono::seconds(60));
  ASSERT_EQ(events_.events.size(), 1U);
  const Event& event = events_.events[0];
  EXPECT_EQ(event.name, "memory");
  EXPECT_EQ(event.fields["service"], "api");
  EXPECT_EQ(event.fields["rss"], 100 * bytes_per_page());
  EXPECT_EQ(event.fields["pss"], 51'200.0);
  EXPECT_EQ(event.fields["limit"], 1'073'741'824U);
  EXPECT_EQ(event.fields["limit_of"], "host");
  EXPECT_EQ(event.fields["workers"][0]["pid"], 10);
  events_.events.clear();
  proc_.write("meminfo", "MemTotal: 220 kB\n");
  poll();
  poll();
  proc_.write("meminfo", "MemTotal: 228 kB\n");  // 88 %: not back yet
  poll();
  ASSERT_EQ(events_.events.size(), 1U);
  EXPECT_EQ(events_.events[0].name, "memory_high");
  EXPECT_EQ(events_.events[0].level, Level::error);
  proc_.write("meminfo", "MemTotal: 300 kB\n");
  poll();
  ASSERT_EQ(events_.events.size(), 2U);
  EXPECT_EQ(events_.events[1].name, "memory_normal");
}

TEST_F(Watched, TheCgroupNearestToItsLimitIsWhatMemoryIsHeldAgainst) {
  group({.name = "api", .command = "server\\.js"});
  const auto sys = proc_.path() / "sys";
  environment_.sys = sys;
  proc_.write("self/mountinfo", "30 20 0:27 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
  for (const auto& [unit, limit] : {std::pair("api", "1000000\n"), std::pair("big", "4000000\n")}) {
    const std::string folder = std::string("sys/fs/cgroup/") + unit + ".service/";
    proc_.write(folder + "memory.current", "500000\n");
    proc_.write(folder + "memory.stat", "inactive_file 100000\n");
    proc_.write(folder + "memory.max", limit);
  }
  auto process = worker_process(10);
  process.cgroup = "0::/api.service\n";
  proc_.put(process);
  process.pid = 11;
  process.cgroup = "0::/big.service\n";
  proc_.put(process);
  process.pid = 12;
  proc_.put(process);
  poll();
  EXPECT_EQ(why("cgroups"), "");
  EXPECT_EQ(value("container_memory_working_set_bytes{groupname=\"api\",id=\"/api.service\"}"),
            400'000);
  EXPECT_EQ(value("container_memory_working_set_bytes{groupname=\"api\",id=\"/big.service\"}"),
            400'000);
  poll(std::chrono::seconds(60));
  ASSERT_EQ(events_.events.size(), 1U);
  EXPECT_EQ(events_.events[0].fields["limit"], 1'000'000U);
  EXPECT_EQ(events_.events[0].fields["used"], 400'000U);
  EXPECT_EQ(events_.events[0].fields["limit_of"], "cgroup");
}

TEST_F(Watched, FactsTellWhatAServiceUsesOfTheMoment) {
  group({.name = "api", .service = "college", .command = "server\\.js"});
  auto process = worker_process(10);
  proc_.put(process);
  poll();
  process.user = static_cast<std::uint64_t>(0.5 / seconds_per_tick());
  proc_.put(process);
  clock_.advance(std::chrono::seconds(1));
  collector_->sample();
  std::map<std::string, double> facts;
  facts_.each("college", clock_.wall(), std::chrono::seconds(10),
              [&](std::string_view name, double value) { facts[std::string(name)] = value; });
  EXPECT_DOUBLE_EQ(facts["service_cpu_cores"], 0.5);
  EXPECT_EQ(facts["service_workers"], 1);
  EXPECT_EQ(facts["service_memory_bytes"], 200 * 1024);
  EXPECT_DOUBLE_EQ(facts["service_memory_limit_share"], 200.0 / 1'048'576);
}

// The kernel counts in ticks of a hundredth of a second: in less time one is a whole core.
TEST_F(Watched, CoresAreNotToldOfLessThanHalfASecond) {
  group({.name = "api", .command = "server\\.js"});
  auto process = worker_process(10);
  proc_.put(process);
  poll();
  process.user = static_cast<std::uint64_t>(0.25 / seconds_per_tick());
  proc_.put(process);
  clock_.advance(std::chrono::seconds(1));
  collector_->sample();
  EXPECT_EQ(fact(facts_, "api", "service_cpu_cores", clock_.wall()), 0.25);
  ++process.user;
  proc_.put(process);
  poll(std::chrono::milliseconds(1));
  EXPECT_EQ(fact(facts_, "api", "service_cpu_cores", clock_.wall()), 0.25);
  process.user += static_cast<std::uint64_t>(0.5 / seconds_per_tick()) - 1;
  proc_.put(process);
  clock_.advance(std::chrono::milliseconds(999));
  poll(std::chrono::milliseconds(0));
  EXPECT_EQ(fact(facts_, "api", "service_cpu_cores", clock_.wall()), 0.5);
}

// Python's resource tracker is one of the group and none of its workers.
TEST_F(Watched, AHelperIsNoWorkerOfTheService) {
  group({.name = "api", .command = "server\\.js"});
  proc_.put(worker_process(10));
  auto helper = worker_process(11);
  helper.parent = 10;
  helper.command = "python3 -c from multiprocessing.resource_tracker import main;main(4)";
  proc_.put(helper);
  poll();
  EXPECT_EQ(procs(), 2);
  EXPECT_EQ(value("wayside_workers_idle{groupname=\"api\"}"), 1);
  EXPECT_EQ(fact(facts_, "api", "service_workers", clock_.wall()), 1);
}

// Groups of one service: two in one cgroup, and one in another.
TEST_F(Watched, ACgroupThatGroupsShareIsOneMemoryOfTheService) {
  for (const char* name : {"web", "jobs", "cache"}) {
    group({.name = name, .service = "college", .comm = {name}});
  }
  environment_.sys = proc_.path() / "sys";
  proc_.write("self/mountinfo", "30 20 0:27 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
  for (const auto& [cgroup, used] : {std::pair("pod", "600000\n"), std::pair("side", "700000\n")}) {
    const std::string folder = std::string("sys/fs/cgroup/") + cgroup + "/";
    proc_.write(folder + "memory.current", used);
    proc_.write(folder + "memory.stat", "inactive_file 0\n");
    proc_.write(folder + "memory.max", "1000000\n");
  }
  auto process = worker_process(10);
  for (const auto& [name, cgroup] : {std::pair("web", "0::/pod\n"), std::pair("jobs", "0::/pod\n"),
                                     std::pair("cache", "0::/side\n")}) {
    process.comm = name;
    process.cgroup = cgroup;
    proc_.put(process);
    ++process.pid;
  }
  poll();
  EXPECT_EQ(fact(facts_, "college", "service_memory_bytes", clock_.wall()), 1'300'000);
  EXPECT_DOUBLE_EQ(*fact(facts_, "college", "service_memory_limit_share", clock_.wall()), 0.7);
  EXPECT_EQ(fact(facts_, "college", "service_workers", clock_.wall()), 3);
}

}  // namespace
}  // namespace wayside
