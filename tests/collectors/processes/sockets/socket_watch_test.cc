#include "collectors/processes/sockets/socket_watch.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/collectors/processes/sockets/peers.h"
#include "tests/collectors/processes/told.h"

namespace wayside {
namespace {

using std::chrono::seconds;

// Real sockets of this process, which is the only worker of the group "app".
class SocketWatchTest : public testing::Test {
 protected:
  void SetUp() override {
    SocketTables tables;
    std::vector<ListeningSocket> sockets;
    const auto listed = tables.listening(sockets);
    if (!listed) GTEST_SKIP() << "the kernel tells nothing of sockets: " << listed.error().message;
    worker_.worker = 0;
    worker_.pid = ::getpid();
  }
  [[nodiscard]] std::vector<GroupView> groups() const {
    GroupView view;
    view.name = "app";
    view.service = "api";
    view.workers = std::span(&worker_, 1);
    view.ports = ports_;
    return {view};
  }
  void poll() {
    families_.clear();
    watch_.polled(groups(), clock_.wall(), clock_.steady(), families_);
  }
  [[nodiscard]] std::optional<double> backlog(const std::string& listener,
                                              const std::string& rest = "") const {
    return told(families_, "wayside_accept_backlog" + rest,
                {{"groupname", "app"}, {"listener", listener}});
  }
  [[nodiscard]] std::optional<double> connections(const std::string& state) const {
    return told(families_, "wayside_connections", {{"groupname", "app"}, {"state", state}});
  }

  ManualClock clock_;
  Environment environment_{.clock = &clock_};
  KeptEvents events_;
  Facts facts_;
  NullLog log_;
  WorkerView worker_;
  std::vector<std::uint16_t> ports_;
  SocketWatch watch_{ProcessesContext{environment_, events_, facts_, log_}};
  FamilyList families_;
};

TEST_F(SocketWatchTest, TellsHowManyWaitToBeAccepted) {
  const TestListener listener = listen_on_loopback(8);
  ASSERT_TRUE(listener.listens);
  const std::string label = "127.0.0.1:" + std::to_string(listener.port());
  poll();
  EXPECT_EQ(backlog(label), 0);
  EXPECT_EQ(backlog(label, "_limit"), 8);
  const auto clients = listener.clients(5);
  poll();
  EXPECT_EQ(backlog(label), 5);
  EXPECT_EQ(fact(facts_, "api", "accept_backlog", clock_.wall()), 5);
  const FileDescriptor accepted = listener.accept();
  poll();
  EXPECT_EQ(backlog(label), 4);
}

TEST_F(SocketWatchTest, KeepsTheHighestOfASampleForFifteenSeconds) {
  const TestListener listener = listen_on_loopback(8);
  const std::string label = "127.0.0.1:" + std::to_string(listener.port());
  poll();
  {
    const auto clients = listener.clients(3);
    watch_.sampled(groups(), clock_.steady());
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(listener.accept());
  }
  for (const int later : {5, 5, 5}) {
    clock_.advance(seconds(later));
    poll();
    EXPECT_EQ(backlog(label), 0);
    EXPECT_EQ(backlog(label, "_max_15s"), 3);
    EXPECT_EQ(fact(facts_, "api", "accept_backlog_max_15s", clock_.wall()), 3);
  }
  clock_.advance(seconds(1));
  poll();
  EXPECT_EQ(backlog(label, "_max_15s"), 0);
}

TEST_F(SocketWatchTest, TellsConnectionsByState) {
  const TestListener listener = listen_on_loopback(8);
  auto clients = listener.clients(4);
  const FileDescriptor accepted = listener.accept();
  poll();
  EXPECT_EQ(connections("established"), 4);
  EXPECT_EQ(connections("close_wait"), 0);
  clients.resize(3);  // one goes
  poll();
  EXPECT_EQ(connections("established"), 3);
  EXPECT_EQ(connections("close_wait"), 1);
  EXPECT_EQ(connections("time_wait"), 0);
}

TEST_F(SocketWatchTest, SeesListenersOfIPv6AndWhoComesByIPv4) {
  const TestListener listener = listen_on_any6(8);
  if (!listener.listens) GTEST_SKIP() << "no IPv6 here";
  FileDescriptor by_four(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in four{};
  four.sin_family = AF_INET;
  four.sin_port = htons(listener.port());
  four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(::connect(by_four.get(), reinterpret_cast<sockaddr*>(&four), sizeof(four)), 0);
  poll();
  EXPECT_EQ(backlog("[::]:" + std::to_string(listener.port())), 1);
  EXPECT_EQ(connections("established"), 1);
}

TEST_F(SocketWatchTest, SeesBetweenPollsWhoListensByIPv6AtAnAddressOfIPv4) {
  const TestListener listener = listen_on_mapped_loopback(8);
  if (!listener.listens) GTEST_SKIP() << "no IPv6 here";
  const auto clients = listener.clients(2);
  poll();
  const std::string label = "127.0.0.1:" + std::to_string(listener.port());
  EXPECT_EQ(backlog(label), 2);
  clock_.advance(seconds(1));
  watch_.sampled(groups(), clock_.steady());
  EXPECT_EQ(fact(facts_, "api", "accept_backlog", clock_.wall()), 2);
}

TEST_F(SocketWatchTest, TellsOfManyListenersTogether) {
  std::vector<TestListener> listeners;
  for (std::size_t i = 0; i < SocketWatch::kMostListeners + 3; ++i) {
    listeners.push_back(listen_on_loopback(8));
  }
  poll();
  double limits = 0;
  std::size_t series = 0;
  for (const auto& family : families_) {
    if (family.name != "wayside_accept_backlog_limit") continue;
    series = family.metric.size();
    for (const auto& metric : family.metric) limits += metric.gauge.value;
  }
  EXPECT_EQ(series, SocketWatch::kMostListeners + 1);
  EXPECT_EQ(limits, 8.0 * static_cast<double>(listeners.size()));
  EXPECT_EQ(backlog("_other", "_limit"), 24);
}

TEST_F(SocketWatchTest, SeesUnixListeners) {
  const std::string name = "wayside-socket-watch-" + std::to_string(::getpid());
  const TestListener listener = listen_on_unix(name, 16);
  ASSERT_TRUE(listener.listens);
  const auto clients = listener.clients(2);
  poll();
  EXPECT_EQ(backlog("unix:@" + name), 2);
  EXPECT_EQ(backlog("unix:@" + name, "_limit"), 16);
  EXPECT_FALSE(connections("established"));  // nothing listens on TCP
  const auto more = listener.clients(1);
  watch_.sampled(groups(), clock_.steady());
  const FileDescriptor accepted = listener.accept();
  poll();
  EXPECT_EQ(backlog("unix:@" + name, "_max_15s"), 3);
}

TEST_F(SocketWatchTest, ForgetsAnAddressWhereNobodyListensAnyMore) {
  std::string label;
  {
    const TestListener listener = listen_on_loopback(8);
    label = "127.0.0.1:" + std::to_string(listener.port());
    poll();
    EXPECT_TRUE(backlog(label));
  }
  watch_.sampled(groups(), clock_.steady());
  poll();
  EXPECT_FALSE(backlog(label));
  EXPECT_FALSE(connections("established"));
}

TEST_F(SocketWatchTest, KnowsAListenerByItsPortWhereDescriptorsTellNothing) {
  const TestListener listener = listen_on_loopback(8);
  const auto clients = listener.clients(1);
  worker_.pid = 0;  // no such process: nothing can be read of it
  poll();
  const std::string label = "127.0.0.1:" + std::to_string(listener.port());
  EXPECT_FALSE(backlog(label));
  ports_ = {listener.port()};
  poll();
  EXPECT_EQ(backlog(label), 1);
  EXPECT_EQ(connections("established"), 1);
}

}  // namespace
}  // namespace wayside
