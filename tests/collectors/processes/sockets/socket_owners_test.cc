#include "collectors/processes/sockets/socket_owners.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "collectors/processes/sockets/held_sockets.h"
#include "tests/support/temp_dir.h"

namespace wayside {
namespace {

ListeningSocket listening(std::uint64_t inode) {
  ListeningSocket socket;
  socket.inode = inode;
  return socket;
}

// A /proc with processes that hold sockets, or are in a network of their own.
class SocketOwnersTest : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(proc_.path() / "self/ns");
    std::filesystem::create_symlink("net:[1]", proc_.path() / "self/ns/net");
  }
  void process(pid_t pid, const std::vector<std::string>& files, const char* net = "net:[1]") {
    const auto folder = proc_.path() / std::to_string(pid);
    std::filesystem::create_directories(folder / "fd");
    std::filesystem::create_directories(folder / "ns");
    std::filesystem::create_symlink(net, folder / "ns/net");
    for (std::size_t i = 0; i < files.size(); ++i) {
      std::filesystem::create_symlink(files[i], folder / "fd" / std::to_string(i));
    }
    WorkerView worker;
    worker.pid = pid;
    workers_.push_back(worker);
  }
  [[nodiscard]] std::vector<GroupView> groups() const {
    GroupView view;
    view.index = 1;
    view.workers = workers_;
    return {view};
  }

  support::TempDir proc_;
  std::vector<WorkerView> workers_;
  ManualClock clock_;
  SocketOwners owners_{proc_.path(), clock_};
};

TEST_F(SocketOwnersTest, FindsWhoHoldsASocket) {
  process(70, {"/dev/null", "socket:[11]", "pipe:[12]", "socket:[13]"});
  const std::vector<ListeningSocket> sockets = {listening(11), listening(12), listening(99)};
  owners_.look(groups(), sockets);
  EXPECT_EQ(owners_.owner(sockets[0], groups()), 1U);
  EXPECT_FALSE(owners_.owner(sockets[1], groups()));
  EXPECT_FALSE(owners_.owner(sockets[2], groups()));
  EXPECT_FALSE(owners_.blind());
}

TEST_F(SocketOwnersTest, ReadsDescriptorsOnlyWhenSomethingIsNew) {
  process(70, {"socket:[11]"});
  owners_.look(groups(), std::vector{listening(11)});
  owners_.look(groups(), std::vector{listening(11)});
  EXPECT_EQ(owners_.reads(), 1U);
  process(71, {});
  owners_.look(groups(), std::vector{listening(11)});
  EXPECT_EQ(owners_.reads(), 2U);  // the new process alone
  owners_.look(groups(), std::vector{listening(11), listening(12)});
  EXPECT_EQ(owners_.reads(), 4U);  // whose is the new socket?
  owners_.look(groups(), std::vector{listening(11)});
  EXPECT_EQ(owners_.reads(), 4U);
}

// A second passes whenever somebody looks at it.
class SlowClock final : public Clock {
 public:
  [[nodiscard]] WallTime wall() const override { return {}; }
  [[nodiscard]] SteadyTime steady() const override {
    return SteadyTime(std::chrono::seconds(++looks_));
  }

 private:
  mutable int looks_ = 0;
};

// Somebody on the host may open listening sockets all the time.
TEST_F(SocketOwnersTest, ReadsTheDescriptorsOfAllMoreRarelyWhereThatTakesLong) {
  const SlowClock clock;
  SocketOwners owners(proc_.path(), clock);
  process(70, {"socket:[11]", "socket:[50]"});
  owners.look(groups(), std::vector{listening(11)});
  std::size_t looks = 0;
  for (std::uint64_t inode = 12; inode < 50; ++inode) {
    owners.look(groups(), std::vector{listening(11), listening(inode)});
  }
  EXPECT_EQ(owners.reads(), 1U) << "it rests";
  process(71, {"socket:[49]"});
  owners.look(groups(), std::vector{listening(11), listening(49)});
  EXPECT_EQ(owners.owner(listening(49), groups()), 1U) << "who is new is looked at all the same";
  while (owners.reads() < 4 && ++looks < 300) {
    owners.look(groups(), std::vector{listening(11), listening(50)});
  }
  EXPECT_EQ(owners.owner(listening(50), groups()), 1U) << "and the others in time";
}

TEST_F(SocketOwnersTest, TellsOfAProcessInAnotherNetworkWhileItLives) {
  process(70, {"socket:[11]"}, "net:[2]");
  const std::vector<ListeningSocket> sockets = {listening(11)};
  owners_.look(groups(), sockets);
  EXPECT_TRUE(owners_.elsewhere());
  EXPECT_FALSE(owners_.owner(sockets[0], groups()));
  workers_.clear();
  owners_.look(groups(), sockets);
  EXPECT_FALSE(owners_.elsewhere());
}

TEST(SocketOwners, SaysThatDescriptorsOfOthersCannotBeRead) {
  const bool root = ::geteuid() == 0;
  ASSERT_TRUE(!root || ::seteuid(65'534) == 0);
  const int code = each_held_socket("/proc", 1, [](std::uint64_t) {});
  WorkerView worker;
  worker.pid = 1;
  GroupView view;
  view.workers = std::span(&worker, 1);
  const SystemClock clock;
  SocketOwners owners("/proc", clock);
  owners.look(std::vector{view}, std::vector{listening(1)});
  const std::vector<std::uint16_t> ports = {80};
  view.ports = ports;
  SocketOwners helped("/proc", clock);
  helped.look(std::vector{view}, std::vector{listening(1)});
  ASSERT_TRUE(!root || ::seteuid(0) == 0);
  if (code != EACCES) GTEST_SKIP() << "process 1 is no other user's here";
  EXPECT_TRUE(owners.blind());
  EXPECT_FALSE(helped.blind());  // the entry names its ports
}

TEST(SocketInode, IsReadFromALinkToASocketOnly) {
  EXPECT_EQ(socket_inode("socket:[4711]"), 4711U);
  for (const std::string_view link :
       {"", "socket:[", "socket:[]", "socket:[1", "socket:[-1]", "socket:[1]x", "pipe:[1]",
        "socket:[99999999999999999999999]", "/socket:[1]", "socket:[1 ]"}) {
    EXPECT_FALSE(socket_inode(link)) << link;
  }
}

}  // namespace
}  // namespace wayside
