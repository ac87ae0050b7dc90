#include "collectors/access_log/source/syslog_feed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/collectors/access_log/source/feed_fixture.h"

namespace wayside {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Syslog : public testing::Test {
 protected:
  std::unique_ptr<Feed> feed(const std::string& place) {
    auto point = parse_listen_point(place);
    EXPECT_TRUE(point.ok()) << place;
    return std::make_unique<SyslogFeed>(*point, fed.sinks(), fed.context());
  }
  [[nodiscard]] std::string udp() const { return "udp://127.0.0.1:" + std::to_string(port); }
  [[nodiscard]] std::string socket() const { return dir.file("syslog.sock"); }
  [[nodiscard]] std::string unixgram() const { return "unixgram://" + socket(); }

  TempDir dir;
  std::uint16_t port = free_udp_port();
  Fed fed;
};

TEST_F(Syslog, EachDatagramIsALineOfItsTag) {
  const Feeding feeding(fed, feed(udp()));
  const Sender sender(port);
  ASSERT_TRUE(sender.send("<190>Nov 23 22:31:31 host nginx: a"));
  ASSERT_TRUE(sender.send("<190>1 2026-11-23T22:31:31Z host edge - - - b\nc"));
  ASSERT_TRUE(sender.send("d"));
  ASSERT_TRUE(sender.send("<190>Nov 23 22:31:31 nginx: e\n"));
  ASSERT_TRUE(fed.reaches(4));
  EXPECT_THAT(fed.gathered.lines(), ElementsAre("a", "b c", "d", "e"));
  const std::lock_guard lock(fed.mutex);
  EXPECT_THAT(fed.names, ElementsAre(udp() + " nginx", udp() + " edge", udp()));
}

TEST_F(Syslog, NoneIsLostThatFoundRoomAndTheOthersAreCounted) {
  constexpr std::uint64_t kSent = 50'000;
  const Feeding feeding(fed, feed(udp()));
  const Sender sender(port);
  for (std::uint64_t i = 0; i < kSent; ++i) {
    ASSERT_TRUE(sender.send("<190>Nov 23 22:31:31 nginx: " + std::to_string(i)));
  }
  ASSERT_TRUE(eventually([&] { return fed.gathered.size() + fed.stats_now().lost >= kSent; }));
  EXPECT_EQ(fed.gathered.size() + fed.stats_now().lost, kSent);
}

TEST_F(Syslog, WhatTheKernelHadNoRoomForIsCounted) {
  auto alone = feed(udp());
  alone->tend();
  const Sender sender(port);
  // Nobody reads meanwhile.
  constexpr std::uint64_t kSent = 40'000;
  const std::string message(1000, 'x');
  for (std::uint64_t i = 0; i < kSent; ++i) ASSERT_TRUE(sender.send(message));
  alone->tend();
  EXPECT_GT(alone->stats().lost, 0U);
  EXPECT_TRUE(fed.log.has("were lost"));
  while (alone->read()) {
  }
  EXPECT_EQ(fed.gathered.size() + alone->stats().lost, kSent);
  EXPECT_EQ(alone->stats().read_bytes, fed.gathered.size() * message.size());
}

TEST_F(Syslog, AUnixSocketTakesWhatItsWritersWaitFor) {
  constexpr std::size_t kSent = 20'000;
  const Feeding feeding(fed, feed(unixgram()));
  const Sender sender(socket());
  ASSERT_TRUE(sender.connected());
  for (std::size_t i = 0; i < kSent; ++i) {
    ASSERT_TRUE(sender.send("<190>Nov 23 22:31:31 nginx: " + std::to_string(i)));
  }
  ASSERT_TRUE(fed.reaches(kSent));
  EXPECT_EQ(fed.gathered.counts().size(), kSent);
}

TEST_F(Syslog, ADatagramThatIsTooLongIsCounted) {
  const Feeding feeding(fed, feed(unixgram()));
  const Sender sender(socket());
  ASSERT_TRUE(sender.send("<190>Nov 23 22:31:31 nginx: " + std::string(100'000, 'x')));
  ASSERT_TRUE(sender.send("<190>Nov 23 22:31:31 nginx: " + std::string(kMaxLineBytes + 1, 'x')));
  ASSERT_TRUE(sender.send("<190>Nov 23 22:31:31 nginx: " + std::string(kMaxLineBytes, 'x')));
  ASSERT_TRUE(fed.reaches(1));
  EXPECT_EQ(fed.gathered.long_lines(), 2U);
}

TEST_F(Syslog, AnyoneMayWriteToTheSocketAndItsFileGoesWithIt) {
  {
    auto open = feed(unixgram());
    open->tend();
    struct stat status {};
    ASSERT_EQ(::stat(socket().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0666U);
  }
  EXPECT_TRUE(std::filesystem::exists(socket())) << "it is handed over open";
  fed.handover.clear();
  EXPECT_FALSE(std::filesystem::exists(socket()));
}

TEST_F(Syslog, ADeadOwnersFileIsReplacedAndALiveOnesIsNot) {
  FileDescriptor owner(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, socket().c_str(), socket().size() + 1);
  ASSERT_EQ(::bind(owner.get(), reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  auto open = feed(unixgram());
  open->tend();
  EXPECT_EQ(open->outcome().state, Outcome::State::failed);
  EXPECT_THAT(open->outcome().why, HasSubstr("another process"));
  EXPECT_EQ(open->descriptor().fd, -1);
  owner.reset();
  open->tend();
  EXPECT_EQ(open->outcome().state, Outcome::State::ok) << open->outcome().why;
  EXPECT_TRUE(Sender(socket()).connected());
}

TEST_F(Syslog, AFileThatIsNoSocketIsLeftAlone) {
  append(socket(), "mine");
  auto open = feed(unixgram());
  open->tend();
  EXPECT_THAT(open->outcome().why, HasSubstr("no socket"));
  open.reset();
  EXPECT_EQ(std::filesystem::file_size(socket()), 4U);
}

TEST_F(Syslog, APortThatIsTakenIsToldAndTriedAgain) {
  auto first = feed(udp());
  first->tend();
  Fed other;
  auto point = parse_listen_point(udp());
  SyslogFeed second(*point, other.sinks(), {.log = other.log});
  second.tend();
  second.tend();
  EXPECT_EQ(second.outcome().state, Outcome::State::failed);
  EXPECT_THAT(second.outcome().why, HasSubstr("in use"));
  EXPECT_EQ(other.log.count("in use"), 1U) << "told once";
  first.reset();
  fed.handover.clear();
  second.tend();
  EXPECT_EQ(second.outcome().state, Outcome::State::ok);
}

TEST_F(Syslog, WhatComesDuringAReloadIsReadAfterIt) {
  for (const auto& place : {udp(), unixgram()}) {
    auto before = feed(place);
    before->tend();
    const Sender sender = place == udp() ? Sender(port) : Sender(socket());
    ASSERT_TRUE(sender.send("<13>nginx: 1"));
    before->read();
    ASSERT_TRUE(sender.send("<13>nginx: 2"));
    before.reset();
    ASSERT_TRUE(sender.send("<13>nginx: 3"));
    auto after = feed(place);
    after->tend();
    after->read();
    EXPECT_THAT(fed.gathered.counts(), testing::SizeIs(3));
  }
  EXPECT_THAT(fed.gathered.lines(), ElementsAre("1", "2", "3", "1", "2", "3"));
}

TEST_F(Syslog, TagsAreBounded) {
  auto open = feed(udp());
  open->tend();
  const Sender sender(port);
  for (int i = 0; i < 500; ++i) {
    ASSERT_TRUE(sender.send("<13>tag" + std::to_string(i) + ": x"));
    open->read();
  }
  EXPECT_EQ(fed.gathered.size(), 500U);
  EXPECT_EQ(fed.names.size(), TaggedSinks::kMaxTags + 1);
}

TEST(ListenPoints, AreReadStrictly) {
  EXPECT_EQ(parse_listen_point("udp://127.0.0.1:5140")->port, 5140);
  EXPECT_EQ(parse_listen_point("udp://[::1]:5140")->host, "::1");
  EXPECT_EQ(parse_listen_point("unixgram:///run/wayside/syslog.sock")->path,
            "/run/wayside/syslog.sock");
  const struct {
    std::string text, part;
  } cases[] = {
      {"", "neither"},
      {"127.0.0.1:5140", "neither"},
      {"tcp://127.0.0.1:5140", "neither"},
      {"udp://5140", "no port"},
      {"udp://:5140", "address of numbers"},
      {"udp://localhost:5140", "address of numbers"},
      {"udp://::1:5140", "brackets"},
      {"udp://127.0.0.1:0", "port"},
      {"udp://127.0.0.1:65536", "port"},
      {"udp://127.0.0.1:51x", "port"},
      {"unixgram://run/a.sock", "absolute"},
      {"unixgram:///", "absolute"},
      {"unixgram:///" + std::string(200, 'a'), "107"},
  };
  for (const auto& c : cases) {
    const auto point = parse_listen_point(c.text);
    ASSERT_FALSE(point.ok()) << c.text;
    EXPECT_THAT(point.error().message, HasSubstr(c.part)) << c.text;
  }
}

}  // namespace
}  // namespace wayside
