// Who belongs to a group, and who leads it.
#include <filesystem>

#include "agent/system/units.h"
#include "tests/collectors/processes/watched.h"

namespace wayside {
namespace {

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

// PM2 starts every application of a user from one daemon.
TEST_F(Watched, Pm2sDaemonBringsNoOtherApplicationIntoTheGroup) {
  group({.name = "api", .command = "^node /srv/server\\.js"});
  auto daemon = worker_process(10);
  daemon.comm = "PM2 v5.3.0: God";
  daemon.command = "PM2 v5.3.0: God Daemon (/root/.pm2)";
  proc_.put(daemon);
  auto child = worker_process(11);
  child.parent = 10;
  proc_.put(child);
  poll();
  poll();
  EXPECT_EQ(procs(), 2);
  child.pid = 12;
  child.command = "node /srv/reports.js";
  proc_.put(child);
  for (unsigned pass = 0; pass <= ProcessTable::kYoung; ++pass) {
    poll();
    EXPECT_LE(*procs(), 2);
  }
  EXPECT_EQ(procs(), 1) << "the daemon leads others, too";
  EXPECT_FALSE(worker("threads", "master"));
}

// A cluster of Node starts its workers by the paths of the program and the script.
TEST_F(Watched, AMasterIsKnownBySayingTheSameWithoutItsPaths) {
  group({.name = "api", .command = "server\\.js"});
  auto process = worker_process(10);
  process.command = "node --max-old-space-size=512 server.js";
  proc_.put(process);
  process.parent = 10;
  for (process.pid = 11; process.pid < 13; ++process.pid) {
    process.command = "/usr/bin/node --max-old-space-size=512 /srv/api/server.js";
    proc_.put(process);
  }
  poll();
  EXPECT_TRUE(worker("threads", "master"));
  EXPECT_TRUE(worker("threads", "1"));
  EXPECT_FALSE(worker("threads", "2"));
}

TEST_F(Watched, AnotherProgramUnderTheSameNameIsToldAnew) {
  group({.name = "api", .command = "server\\.js"});
  auto process = worker_process(10);
  process.command = "node prepare.js";
  proc_.put(process);
  for (unsigned pass = 0; pass < 2 * ProcessTable::kYoung; ++pass) poll();
  EXPECT_EQ(procs(), 0);
  process.command = "node server.js";
  proc_.put(process);
  for (unsigned pass = 0; pass < ProcessTable::kLookAgain; ++pass) poll();
  EXPECT_EQ(procs(), 1);
  process.command = "node cleanup.js";
  proc_.put(process);
  for (unsigned pass = 0; pass < ProcessTable::kLookAgain; ++pass) poll();
  EXPECT_EQ(procs(), 0);
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

}  // namespace
}  // namespace wayside
