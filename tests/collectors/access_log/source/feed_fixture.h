#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/handover.h"
#include "collectors/access_log/source/feed.h"
#include "tests/collectors/access_log/source/follow_fixture.h"

namespace wayside {

// A UDP port of loopback that nobody has.
inline std::uint16_t free_udp_port() {
  const FileDescriptor fd(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  EXPECT_EQ(::bind(fd.get(), generic, size), 0);
  EXPECT_EQ(::getsockname(fd.get(), generic, &size), 0);
  return ntohs(address.sin_port);
}

// Sends datagrams to one place; waits where a Unix socket is full.
class Sender {
 public:
  explicit Sender(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(fd_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  explicit Sender(const std::string& path) : fd_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    connected_ = ::connect(fd_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  [[nodiscard]] bool connected() const { return connected_; }
  bool send(std::string_view text) const {
    return ::send(fd_.get(), text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
  }

 private:
  FileDescriptor fd_;
  bool connected_ = false;
};

// A follower that reads one feed, on a thread of its own. Sinks are named in the order they were
// made.
struct Fed {
  Handover handover;
  LogKept log;
  Gathered gathered;
  std::mutex mutex;
  std::vector<std::string> names;
  Positions positions;
  SystemClock clock;
  FeedStats stats;
  Outcome outcome;

  FeedSinks sinks() {
    return [this](const std::string& name) {
      const std::lock_guard lock(mutex);
      names.push_back(name);
      return gathered.sink();
    };
  }
  FeedContext context() { return {.log = log, .handover = &handover}; }
  FeedStats stats_now() {
    const std::lock_guard lock(mutex);
    return stats;
  }
  Outcome outcome_now() {
    const std::lock_guard lock(mutex);
    return outcome;
  }
  bool reaches(std::size_t lines) {
    return eventually([&] { return gathered.size() >= lines; });
  }
};

class Feeding {
 public:
  Feeding(Fed& fed, std::unique_ptr<Feed> feed) {
    Feed* const watched = feed.get();
    FollowHooks hooks{.open_sink = [](std::size_t, const std::string&) { return nullptr; },
                      .beat =
                          [&fed, watched](const std::vector<FollowStats>&) {
                            const std::lock_guard lock(fed.mutex);
                            fed.stats = watched->stats();
                            fed.outcome = watched->outcome();
                          },
                      .feeds = {}};
    hooks.feeds.push_back(std::move(feed));
    auto made =
        Follower::create({}, {.positions = fed.positions, .log = fed.log, .clock = fed.clock},
                         std::move(hooks), quick_times());
    EXPECT_TRUE(made.ok());
    follower_ = std::move(*made);
    thread_ = std::jthread([this](const std::stop_token& stop) { follower_->run(stop); });
    EXPECT_TRUE(eventually([&] { return follower_->caught_up(); }));
  }
  ~Feeding() {
    thread_.request_stop();
    thread_.join();
  }
  Feeding(const Feeding&) = delete;
  Feeding& operator=(const Feeding&) = delete;

 private:
  std::unique_ptr<Follower> follower_;
  std::jthread thread_;
};

}  // namespace wayside
