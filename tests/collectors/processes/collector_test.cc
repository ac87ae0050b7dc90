#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

#include "agent/system/units.h"
#include "tests/collectors/processes/watched.h"

namespace wayside {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

FakeProcess worker_process(int pid, std::uint64_t start = 1000) {
  FakeProcess process;
  process.pid = pid;
  process.start = start;
  return process;
}

double ticks(double count) {
  return count * seconds_per_tick();
}

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

TEST_F(Watched, AMasterOfItsOwnKindHasNoWorkersPlace) {
  group({.name = "api", .command = "gunicorn"});
  auto master = worker_process(10);
  master.command = "python3 gunicorn app:app";
  proc_.put(master);
  for (int pid = 11; pid < 13; ++pid) {
    auto worker = worker_process(pid, 1100 + pid);
    worker.command = master.command;
    worker.parent = 10;
    proc_.put(worker);
  }
  poll();
  EXPECT_EQ(value("wayside_worker_info{groupname=\"api\",role=\"master\",worker=\"master\"}"), 1);
  EXPECT_EQ(value("wayside_worker_info{groupname=\"api\",role=\"worker\",worker=\"0\"}"), 1);
  EXPECT_EQ(worker("start_time_seconds", "0"), 1'700'000'000 + ticks(1111));
  EXPECT_FALSE(worker("threads", "2"));
}

TEST_F(Watched, AServiceThatStartsAProgramIsNoMaster) {
  group({.name = "api", .command = "server\\.js"});
  proc_.put(worker_process(10));
  auto child = worker_process(11, 1200);
  child.comm = "convert";
  child.command = "convert a.png b.jpg";
  child.parent = 10;
  proc_.put(child);
  poll();
  EXPECT_EQ(procs(), 2);
  EXPECT_FALSE(worker("threads", "master"));
  EXPECT_EQ(worker("start_time_seconds", "0"), 1'700'000'000 + ticks(1000));
}

// Between fork and exec a child looks like its parent.
TEST_F(Watched, AChildThatJustBeganMakesNoMasterAndTakesNoPlace) {
  group({.name = "api", .command = "server\\.js"});
  proc_.uptime(ticks(1500));
  proc_.put(worker_process(10));
  auto child = worker_process(11, 1490);
  child.parent = 10;
  proc_.put(child);
  poll();
  EXPECT_EQ(procs(), 2);
  EXPECT_TRUE(worker("threads", "0"));
  EXPECT_FALSE(worker("threads", "1"));
  EXPECT_FALSE(worker("threads", "master"));
}

TEST_F(Watched, Pm2sDaemonBelongsToTheGroupOfItsChildren) {
  group({.name = "api", .command = "^node /srv/server\\.js"});
  auto daemon = worker_process(10);
  daemon.comm = "PM2 v5.3.0: God";
  daemon.command = "PM2 v5.3.0: God Daemon (/root/.pm2)";
  proc_.put(daemon);
  for (int pid = 11; pid < 15; ++pid) {
    auto worker = worker_process(pid, 1100 + pid);
    worker.parent = 10;
    proc_.put(worker);
  }
  poll();
  EXPECT_EQ(procs(), 5);
  EXPECT_TRUE(worker("threads", "master"));
  EXPECT_TRUE(worker("threads", "3"));
  EXPECT_FALSE(worker("threads", "4"));
}

TEST_F(Watched, ChildrenBelongToTheirParentsGroupUnlessTheyMatchAnother) {
  group({.name = "api", .command = "server\\.js"});
  group({.name = "jobs", .comm = {"worker"}});
  group({.name = "alone", .command = "lonely", .children = false});
  proc_.put(worker_process(10));
  auto child = worker_process(11);
  child.parent = 10;
  child.command = "sh -c x";
  proc_.put(child);
  child.pid = 12;
  child.parent = 11;
  child.command = "convert";
  proc_.put(child);
  child.pid = 13;
  child.parent = 10;
  child.comm = "worker";
  proc_.put(child);
  child.pid = 20;
  child.parent = 1;
  child.comm = "x";
  child.command = "lonely";
  proc_.put(child);
  child.pid = 21;
  child.parent = 20;
  child.command = "other";
  proc_.put(child);
  poll();
  EXPECT_EQ(procs("api"), 3);
  EXPECT_EQ(procs("jobs"), 1);
  EXPECT_EQ(procs("alone"), 1);
  proc_.remove(11);  // its child is init's now
  child.pid = 12;
  child.parent = 1;
  child.command = "convert";
  proc_.put(child);
  poll();
  EXPECT_EQ(procs("api"), 2);
}

TEST_F(Watched, AProcessThatBecomesAnotherProgramIsToldAnew) {
  group({.name = "api", .command = "server\\.js"});
  auto process = worker_process(10);
  process.comm = "bash";
  process.command = "bash";
  proc_.put(process);
  for (int pass = 0; pass < 10; ++pass) poll();
  EXPECT_EQ(procs(), 0);
  process.comm = "node";
  process.command = "node server.js";
  process.user = 100'000;  // of which most is not the service's
  proc_.put(process);
  for (unsigned pass = 0; pass < ProcessTable::kLookAgain; ++pass) poll();
  EXPECT_EQ(procs(), 1);
  EXPECT_EQ(group_cpu(), 0);
}

TEST_F(Watched, WhatCannotBeReadIsAbsentAndItsSumToo) {
  group({.name = "api", .command = "server\\.js"});
  auto process = worker_process(10);
  process.read_bytes.reset();
  process.pss_kb.reset();
  proc_.put(process);
  proc_.put(worker_process(11));
  std::filesystem::remove(proc_.path() / "10/status");
  std::filesystem::remove_all(proc_.path() / "10/fd");
  poll();
  EXPECT_EQ(procs(), 2);
  const std::string group = "{groupname=\"api\"}";
  EXPECT_FALSE(value("namedprocess_namegroup_read_bytes_total" + group));
  EXPECT_FALSE(value("namedprocess_namegroup_open_filedesc" + group));
  const std::string memory = "namedprocess_namegroup_memory_bytes{groupname=\"api\",memtype=";
  EXPECT_FALSE(value(memory + "\"swapped\"}"));
  EXPECT_FALSE(value(memory + "\"proportionalResident\"}"));
  EXPECT_TRUE(value(memory + "\"resident\"}"));
  EXPECT_FALSE(worker("swap_bytes", "0"));
  EXPECT_TRUE(worker("swap_bytes", "1"));
}

TEST_F(Watched, NamesOfAnyBytesAreTold) {
  group({.name = "odd", .comm = {"a) S 1 (b"}});
  group({.name = "line", .comm = {"new\nline"}});
  group({.name = "bytes", .command = "caf."});
  auto process = worker_process(10);
  process.comm = "a) S 1 (b";
  process.command = "x";
  proc_.put(process);
  process.pid = 11;
  process.comm = "new\nline";
  proc_.put(process);
  process.pid = 12;
  process.comm = "\xff\xfe";
  process.command = "caf\xff\xc3 x";
  proc_.put(process);
  poll();
  EXPECT_EQ(procs("odd"), 1);
  EXPECT_EQ(procs("line"), 1);
  EXPECT_EQ(procs("bytes"), 1);
}

TEST_F(Watched, AProcessThatVanishesWhileItIsReadIsAbsent) {
  group({.name = "api", .command = "server\\.js"});
  proc_.put(worker_process(10));
  proc_.put(worker_process(11));
  for (const char* file : {"stat", "cmdline", "status"}) {
    std::filesystem::remove(proc_.path() / "11" / file);
  }
  poll();
  EXPECT_EQ(procs(), 1);
  EXPECT_EQ(outcome_.state, Outcome::State::ok);
}

TEST_F(Watched, AZombieIsNoWorker) {
  group({.name = "api", .command = "server\\.js"});
  auto process = worker_process(10);
  proc_.put(process);
  poll();
  process.state = 'Z';
  process.user = 8;
  process.command = "";
  proc_.put(process);
  proc_.put(worker_process(11, 5000));
  poll();
  EXPECT_EQ(value("namedprocess_namegroup_states{groupname=\"api\",state=\"Zombie\"}"), 1);
  EXPECT_EQ(group_cpu(), ticks(8));
  EXPECT_EQ(worker("restarts_total", "0"), 1);
  EXPECT_FALSE(worker("restarts_total", "1"));
}

TEST_F(Watched, ThreadsThatEndTakeTheirSwitchesNotAlong) {
  group({.name = "api", .command = "server\\.js"});
  auto process = worker_process(10);
  process.threads = 2;
  proc_.put(process);
  const auto thread = [&](int tid, int voluntary) {
    proc_.write("10/task/" + std::to_string(tid) + "/status",
                "voluntary_ctxt_switches:\t" + std::to_string(voluntary) +
                    "\nnonvoluntary_ctxt_switches:\t0\n");
  };
  thread(10, 100);
  thread(12, 1000);
  poll();
  const std::string series =
      "namedprocess_namegroup_context_switches_total{ctxswitchtype=\"voluntary\",groupname="
      "\"api\"}";
  EXPECT_EQ(value(series), 0);
  thread(10, 110);
  thread(12, 1005);
  poll();
  EXPECT_EQ(value(series), 15);
  std::filesystem::remove_all(proc_.path() / "10/task/12");
  thread(13, 3);
  poll();
  EXPECT_EQ(value(series), 18);
}

TEST_F(Watched, WhoeverListensOnAPortIsTheGroupWithItsDescendants) {
  group({.name = "web", .ports = {8080}});
  proc_.write("net/tcp",
              "  sl  local_address rem_address st\n"
              "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  0  0 "
              "4711 1 0\n"
              "   1: 0100007F:1F90 0100007F:9999 01 00000000:00000000 00:00000000 00000000  0  0 "
              "4712 1 0\n");
  auto process = worker_process(10);
  process.command = "x";
  proc_.put(process);
  process.pid = 11;
  process.parent = 10;
  proc_.put(process);
  process.pid = 12;
  process.parent = 1;
  proc_.put(process);
  std::filesystem::create_symlink("socket:[4711]", proc_.path() / "10/fd/9");
  std::filesystem::create_symlink("socket:[4712]", proc_.path() / "12/fd/9");
  poll();
  EXPECT_EQ(procs("web"), 2);
  EXPECT_EQ(why("ports"), "");
}

TEST_F(Watched, HiddenProcessesAreToldOf) {
  group({.name = "api", .command = "server\\.js"});
  poll();
  EXPECT_EQ(why("processes"), "");
  proc_.remove(1);
  poll();
  EXPECT_THAT(why("processes"), HasSubstr("hidepid"));
  EXPECT_THAT(collector_->describe(), HasSubstr("cannot see all of: processes"));
}

TEST_F(Watched, WithoutAProcItFails) {
  group({.name = "api", .command = "server\\.js"});
  environment_.proc = proc_.path() / "nothing";
  poll();
  EXPECT_EQ(outcome_.state, Outcome::State::failed);
  EXPECT_THAT(outcome_.why, HasSubstr("nothing: No such file"));
}

TEST_F(Watched, MemoryIsLoggedEachMinuteAndWhenItRunsOut) {
  group({.name = "api", .command = "server\\.js"});
  auto process = worker_process(10);
  proc_.put(process);
  poll();
  EXPECT_THAT(events_.kept, IsEmpty());
  poll(std::chrono::seconds(60));
  ASSERT_EQ(events_.kept.size(), 1U);
  const Event& event = events_.kept[0];
  EXPECT_EQ(event.name, "memory");
  EXPECT_EQ(event.fields["service"], "api");
  EXPECT_EQ(event.fields["rss"], 100 * bytes_per_page());
  EXPECT_EQ(event.fields["pss"], 51'200.0);
  EXPECT_EQ(event.fields["limit"], 1'073'741'824U);
  EXPECT_EQ(event.fields["limit_of"], "host");
  EXPECT_EQ(event.fields["workers"][0]["pid"], 10);
  events_.kept.clear();
  proc_.write("meminfo", "MemTotal: 220 kB\n");
  poll();
  poll();
  proc_.write("meminfo", "MemTotal: 228 kB\n");  // 88 %: not back yet
  poll();
  ASSERT_EQ(events_.kept.size(), 1U);
  EXPECT_EQ(events_.kept[0].name, "memory_high");
  EXPECT_EQ(events_.kept[0].level, Level::error);
  proc_.write("meminfo", "MemTotal: 300 kB\n");
  poll();
  ASSERT_EQ(events_.kept.size(), 2U);
  EXPECT_EQ(events_.kept[1].name, "memory_normal");
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
  ASSERT_EQ(events_.kept.size(), 1U);
  EXPECT_EQ(events_.kept[0].fields["limit"], 1'000'000U);
  EXPECT_EQ(events_.kept[0].fields["used"], 400'000U);
  EXPECT_EQ(events_.kept[0].fields["limit_of"], "cgroup");
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

// As another user than the processes', of which this test's own is one.
TEST(RealProcesses, WhatAnotherUserMayNotSeeIsToldWithTheRightThatWouldHelp) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can become someone else";
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    if (::setresgid(65534, 65534, 65534) != 0 || ::setresuid(65534, 65534, 65534) != 0) _exit(9);
    SystemClock clock;
    const Environment environment{.clock = &clock};
    KeptEvents events;
    Facts facts;
    NullLog log;
    ProcessesCollector collector({{.name = "all", .service = "all", .command = "test"}},
                                 {environment, events, facts, log});
    FamilyList families;
    const Outcome outcome = collector.poll({}, families);
    const bool io = std::any_of(outcome.parts.begin(), outcome.parts.end(), [](const auto& part) {
      return part.name == "io" && part.why.find("CAP_SYS_PTRACE") != std::string::npos;
    });
    const bool counted = std::any_of(families.begin(), families.end(), [](const auto& family) {
      return family.name == "namedprocess_namegroup_num_procs" &&
             family.metric.at(0).gauge.value > 0;
    });
    const bool absent = std::all_of(families.begin(), families.end(), [](const auto& family) {
      return family.name != "namedprocess_namegroup_read_bytes_total" || family.metric.empty();
    });
    _exit((io ? 1 : 0) + (counted ? 2 : 0) + (absent ? 4 : 0));
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 7) << "1: said why, 2: counted processes, 4: left bytes out";
}

}  // namespace
}  // namespace wayside
