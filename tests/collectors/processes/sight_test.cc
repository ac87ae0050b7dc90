// What cannot be seen, and what hostile names do.
#include <gmock/gmock.h>

#include "agent/system/units.h"
#include "tests/collectors/processes/watched.h"

namespace wayside {
namespace {

using testing::HasSubstr;

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

// Where a program's standard input is the socket (FastCGI's spawners, inetd).
TEST_F(Watched, AListenerMayBeTheFirstDescriptor) {
  group({.name = "web", .ports = {8080}});
  proc_.write("net/tcp",
              "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  0  0 "
              "4711 1 0\n");
  auto process = worker_process(10);
  process.files = 0;
  proc_.put(process);
  std::filesystem::create_symlink("socket:[4711]", proc_.path() / "10/fd/0");
  poll();
  EXPECT_EQ(procs("web"), 1);
}

std::string table_of(int inode, std::size_t connections) {
  std::string text =
      "  sl  local_address rem_address st\n   0: 0100007F:1F90 00000000:0000 0A "
      "00000000:00000000 00:00000000 00000000  0  0 " +
      std::to_string(inode) + " 1 0\n";
  for (std::size_t i = 0; i < connections; ++i) {
    text +=
        "   1: 0100007F:1F90 0100007F:9999 01 00000000:00000000 00:00000000 00000000  0  0 "
        "99 1 0 0000000000000000 20 4 30 10 -1                   \n";
  }
  return text;
}

TEST_F(Watched, ALongTableOfConnectionsIsReadMoreRarely) {
  group({.name = "web", .ports = {8080}, .children = false});
  for (const int pid : {10, 11}) {
    auto process = worker_process(pid);
    process.parent = 1;
    proc_.put(process);
    const std::string link = std::to_string(pid) + "/fd/9";
    std::filesystem::create_symlink("socket:[47" + std::to_string(pid) + "]", proc_.path() / link);
  }
  proc_.write("net/tcp", table_of(4710, 25'000));  // seven seconds' rest
  poll();
  EXPECT_EQ(procs("web"), 1);
  proc_.remove(10);
  proc_.write("net/tcp", table_of(4711, 0));
  poll();
  EXPECT_EQ(procs("web"), 0) << "its successor is not looked for yet";
  poll();
  EXPECT_EQ(procs("web"), 1);
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

TEST_F(Watched, AGroupThatMayBeHiddenWholeIsAbsentAndNotZero) {
  group({.name = "api", .command = "server\\.js"});
  group({.name = "mine", .command = "mine"});
  auto mine = worker_process(11);
  mine.command = "mine";
  proc_.put(mine);
  proc_.remove(1);
  poll();
  EXPECT_EQ(procs("mine"), 1);
  for (const auto& [series, figure] : values_) {
    EXPECT_EQ(series.find("\"api\""), std::string::npos) << series << " " << figure;
  }
  EXPECT_FALSE(fact(facts_, "api", "service_workers", clock_.wall()));
  EXPECT_FALSE(fact(facts_, "api", "service_memory_bytes", clock_.wall()));
  EXPECT_TRUE(fact(facts_, "mine", "service_workers", clock_.wall()));
  proc_.put(worker_process(10));
  poll();
  EXPECT_EQ(procs("api"), 1);
  EXPECT_EQ(group_cpu(), 0);
  proc_.remove(10);
  poll();
  EXPECT_FALSE(procs("api"));
  EXPECT_EQ(group_cpu(), 0) << "what was counted stays";
  EXPECT_THAT(collector_->describe(), HasSubstr("api (not seen), mine (1); cannot see"));
}

TEST_F(Watched, WithoutAProcItFails) {
  group({.name = "api", .command = "server\\.js"});
  environment_.proc = proc_.path() / "nothing";
  poll();
  EXPECT_EQ(outcome_.state, Outcome::State::failed);
  EXPECT_THAT(outcome_.why, HasSubstr("nothing: No such file"));
}

}  // namespace
}  // namespace wayside
