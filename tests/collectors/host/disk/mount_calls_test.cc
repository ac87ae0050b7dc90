#include "collectors/host/disk/mount_calls.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <string_view>
#include <vector>

#include "tests/support/wait.h"

namespace wayside {
namespace {

// A server that goes away: calls of paths that begin with /nfs return when it is back.
struct Server {
  std::mutex mutex;
  std::condition_variable changed;
  bool away = false;
  std::map<std::string, int> calls;
  int returned = 0;

  void set_away(bool now) {
    const std::lock_guard lock(mutex);
    away = now;
    changed.notify_all();
  }
  int calls_of(const std::string& path) {
    const std::lock_guard lock(mutex);
    return calls[path];
  }
};
// Never destroyed: a call may outlive its test.
Server& server() {
  static auto* const server = new Server;
  return *server;
}

int fake_statvfs(const char* path, struct ::statvfs* values) {
  std::unique_lock lock(server().mutex);
  ++server().calls[path];
  if (std::string_view(path).starts_with("/nfs")) {
    server().changed.wait(lock, [] { return !server().away; });
  }
  ++server().returned;
  values->f_blocks = 7;
  if (std::string_view(path) != "/gone") return 0;
  errno = ENOENT;
  return -1;
}

class MountCallsTest : public testing::Test {
 protected:
  MountCallsTest() {
    server().set_away(false);
    const std::lock_guard lock(server().mutex);
    server().calls.clear();
  }
  ~MountCallsTest() override { server().set_away(false); }

  void ask(const std::vector<std::string>& paths) { calls_.ask(paths, now_); }
  // Blocks of the answer, or the negative errno.
  std::optional<int> blocks(const std::string& path) const {
    const auto answer = calls_.answer(path, now_);
    if (!answer) return std::nullopt;
    return answer->error == 0 ? static_cast<int>(answer->values.f_blocks) : -answer->error;
  }

  SteadyTime now_{};
  // Longer than a slow machine takes for one call.
  MountCalls calls_{fake_statvfs,
                    {.each = std::chrono::seconds(1), .all = std::chrono::seconds(20)}};
};

TEST_F(MountCallsTest, EachMountAnswersOrTellsWhyNot) {
  ask({"/", "/gone", "/srv"});
  EXPECT_EQ(blocks("/"), 7);
  EXPECT_EQ(blocks("/srv"), 7);
  EXPECT_EQ(blocks("/gone"), -ENOENT);
  EXPECT_EQ(blocks("/other"), std::nullopt) << "it was not asked";
  ask({"/"});
  EXPECT_EQ(blocks("/srv"), std::nullopt) << "it is forgotten";
  EXPECT_EQ(server().calls_of("/"), 2);
}

TEST_F(MountCallsTest, StuckMountsLeaveTheOthersAlone) {
  server().set_away(true);
  ask({"/nfs1", "/nfs2", "/a", "/b"});
  EXPECT_EQ(blocks("/a"), 7);
  EXPECT_EQ(blocks("/b"), 7);
  EXPECT_EQ(blocks("/nfs1"), std::nullopt);
  EXPECT_EQ(blocks("/nfs2"), std::nullopt);
}

TEST_F(MountCallsTest, AStuckMountHasOneCallHoweverOftenItIsAsked) {
  server().set_away(true);
  for (int i = 0; i < 5; ++i) ask({"/nfs", "/a"});
  EXPECT_EQ(server().calls_of("/nfs"), 1);
  EXPECT_EQ(server().calls_of("/a"), 5);
}

TEST_F(MountCallsTest, WhatIsStuckIsNotWaitedForAgain) {
  server().set_away(true);
  MountCalls patient(fake_statvfs,
                     {.each = std::chrono::seconds(2), .all = std::chrono::seconds(2)});
  const std::vector<std::string> paths = {"/nfs"};
  patient.ask(paths, now_);
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < 50; ++i) patient.ask(paths, now_);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(50));
}

TEST_F(MountCallsTest, AMountThatStaysSilentKeepsItsAnswerForFiveSecondsAndThenFails) {
  ask({"/nfs"});
  ASSERT_EQ(blocks("/nfs"), 7);
  server().set_away(true);
  now_ += std::chrono::seconds(5);
  ask({"/nfs"});
  EXPECT_EQ(blocks("/nfs"), 7);
  now_ += std::chrono::milliseconds(4999);
  ask({"/nfs"});
  EXPECT_EQ(blocks("/nfs"), 7);
  now_ += std::chrono::milliseconds(1);
  ask({"/nfs"});
  EXPECT_EQ(blocks("/nfs"), -ETIMEDOUT);
}

TEST_F(MountCallsTest, AMountThatIsBackAnswersAgain) {
  server().set_away(true);
  ask({"/nfs"});
  now_ += std::chrono::seconds(10);
  ask({"/nfs"});
  EXPECT_EQ(blocks("/nfs"), -ETIMEDOUT);
  server().set_away(false);
  EXPECT_TRUE(support::wait_until([this] {
    ask({"/nfs"});
    return blocks("/nfs") == 7;
  }));
}

TEST_F(MountCallsTest, PastTheMostThreadsMountsWaitForOthers) {
  server().set_away(true);
  MountCalls few(
      fake_statvfs,
      {.each = std::chrono::milliseconds(50), .all = std::chrono::milliseconds(400), .threads = 2});
  const std::vector<std::string> paths = {"/nfs1", "/nfs2", "/a"};
  few.ask(paths, now_);
  EXPECT_FALSE(few.answer("/a", now_));
  EXPECT_EQ(server().calls_of("/a"), 0);
  EXPECT_EQ(few.answer("/a", now_ + std::chrono::seconds(5))->error, ETIMEDOUT);
  server().set_away(false);
  EXPECT_TRUE(support::wait_until([&] {
    few.ask(paths, now_);
    return few.answer("/a", now_).has_value();
  }));
}

TEST_F(MountCallsTest, TheEndDoesNotWaitForWhatIsStuck) {
  server().set_away(true);
  int before = 0;
  {
    MountCalls ending(fake_statvfs, {.each = std::chrono::milliseconds(50)});
    ending.ask(std::vector<std::string>{"/nfs"}, now_);
    const std::lock_guard lock(server().mutex);
    before = server().returned;
  }
  server().set_away(false);
  EXPECT_TRUE(support::wait_until([before] {
    const std::lock_guard lock(server().mutex);
    return server().returned > before;
  })) << "its thread goes on to its end";
}

}  // namespace
}  // namespace wayside
