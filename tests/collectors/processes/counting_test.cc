// What is counted once, and what is not known.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <filesystem>

#include "agent/system/units.h"
#include "tests/collectors/processes/watched.h"

namespace wayside {
namespace {

TEST_F(Watched, AProcessThatWasOutOfSightForAPassIsNotCountedTwice) {
  group({.name = "api", .command = "server\\.js"});
  auto process = worker_process(10);
  process.user = 500;
  proc_.put(process);
  auto younger = worker_process(11, 2000);
  younger.command = "other";
  proc_.put(younger);
  poll();
  process.user = 510;
  proc_.put(process);
  poll();
  EXPECT_EQ(group_cpu(), ticks(10));
  proc_.remove(10);
  poll();
  process.user = 520;
  proc_.put(process);
  poll();
  EXPECT_EQ(procs(), 1);
  EXPECT_EQ(group_cpu(), ticks(10));
  process.user = 523;
  proc_.put(process);
  poll();
  EXPECT_EQ(group_cpu(), ticks(13));
}

TEST_F(Watched, AYoungProcessThatLeftAndCameBackIsNotCountedTwice) {
  group({.name = "api", .command = "server\\.js"});
  poll();
  auto process = worker_process(10);
  process.user = 100;
  proc_.put(process);
  poll();
  EXPECT_EQ(group_cpu(), ticks(100));
  process.command = "sh";
  proc_.put(process);
  poll();
  EXPECT_EQ(procs(), 0);
  process.command = "node server.js";
  proc_.put(process);
  poll();
  EXPECT_EQ(procs(), 1);
  EXPECT_EQ(group_cpu(), ticks(100));
}

// The soft limit of open files while it lives.
class FewDescriptors {
 public:
  explicit FewDescriptors(rlim_t most) {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = most;
    ::setrlimit(RLIMIT_NOFILE, &limit);
  }
  ~FewDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }
  FewDescriptors(const FewDescriptors&) = delete;
  FewDescriptors& operator=(const FewDescriptors&) = delete;

 private:
  rlimit before_{};
};

TEST_F(Watched, WhereDescriptorsRunOutNobodyHasEndedNorIsHidden) {
  group({.name = "api", .command = "server\\.js"});
  proc_.put(worker_process(10));
  {
    const FewDescriptors none_to_keep(15);
    poll();
  }
  EXPECT_EQ(procs(), 1);
  {
    const FewDescriptors none(0);
    poll();
  }
  EXPECT_EQ(procs(), 1);
  EXPECT_EQ(why("processes"), "");
  poll();
  EXPECT_EQ(worker("restarts_total", "0"), 0);
}

const std::string kRead = "namedprocess_namegroup_read_bytes_total{groupname=\"api\"}";

TEST_F(Watched, WhatWasNeverReadOfAnyIsNoZeroOnceTheyAreGone) {
  group({.name = "api", .command = "server\\.js"});
  poll();
  EXPECT_EQ(value(kRead), 0) << "nobody has been there to read anything";
  auto process = worker_process(10);
  process.read_bytes.reset();
  proc_.put(process);
  poll();
  EXPECT_FALSE(value(kRead));
  process.state = 'Z';
  proc_.put(process);
  poll();
  EXPECT_FALSE(value(kRead));
  proc_.remove(10);
  poll();
  EXPECT_EQ(procs(), 0);
  EXPECT_FALSE(value(kRead));
}

TEST_F(Watched, SwitchesOfTooManyThreadsAreAbsentAndNotStale) {
  group({.name = "api", .command = "server\\.js"});
  auto process = worker_process(10);
  process.voluntary = 5;
  proc_.put(process);
  poll();
  const std::string label = "ctxswitchtype=\"voluntary\",groupname=\"api\"";
  const std::string group = "namedprocess_namegroup_context_switches_total{" + label + "}";
  const std::string worker = "wayside_worker_context_switches_total{" + label + ",worker=\"0\"}";
  EXPECT_EQ(value(group), 0);
  EXPECT_EQ(value(worker), 0);
  process.threads = MemberReader::kMostThreads + 1;
  proc_.put(process);
  poll();
  EXPECT_FALSE(value(group));
  EXPECT_FALSE(value(worker));
  process.threads = 1;
  process.voluntary = 9;
  proc_.put(process);
  poll();
  EXPECT_EQ(value(group), 4);
  EXPECT_EQ(value(worker), 4);
}

// Each thread is a file of its own to read.
TEST_F(Watched, ProcessesOfManyThreadsTakeTurns) {
  group({.name = "api", .command = "server\\.js"});
  constexpr int kProcesses = 5;
  constexpr int kThreads = 250;
  static_assert((kProcesses - 1) * kThreads <= MemberReader::kMostThreadsOfPass);
  static_assert(kProcesses * kThreads > MemberReader::kMostThreadsOfPass);
  const auto thread = [&](int number, int voluntary) {
    proc_.write("1000/task/" + std::to_string(1000 + number) + "/status",
                "voluntary_ctxt_switches:\t" + std::to_string(voluntary) +
                    "\nnonvoluntary_ctxt_switches:\t2\n");
  };
  for (int number = 0; number < kThreads; ++number) thread(number, 1);
  for (int i = 0; i < kProcesses; ++i) {
    auto process = worker_process(1000 * (i + 1));
    process.threads = kThreads;
    proc_.put(process);
    const auto folder = proc_.path() / std::to_string(process.pid);
    // The same threads' files serve all.
    if (i > 0)
      std::filesystem::create_directory_symlink(proc_.path() / "1000/task", folder / "task");
  }
  poll();
  const std::string label = "ctxswitchtype=\"voluntary\",groupname=\"api\"";
  const std::string group = "namedprocess_namegroup_context_switches_total{" + label + "}";
  EXPECT_FALSE(value(group)) << "of one of them nothing is known yet";
  poll();
  EXPECT_EQ(value(group), 0);
  thread(0, 4);
  poll();
  poll();
  EXPECT_EQ(value(group), kProcesses * 3);
}

}  // namespace
}  // namespace wayside
