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

}  // namespace
}  // namespace wayside
