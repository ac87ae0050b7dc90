// Clients that hold a TLS endpoint up, or mean to.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <atomic>
#include <thread>

#include "tests/exporters/prometheus/tls_world.h"

namespace wayside::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;
using support::TlsClient;

#ifdef __SANITIZE_THREAD__
constexpr seconds kPrompt{5};
#else
constexpr seconds kPrompt{1};
#endif

void expect_prompt_scrape(const World& world, const Papers& papers) {
  const auto begun = steady_clock::now();
  const std::string answer = tls_get(world.port(), papers.manner(), "/metrics");
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_LT(steady_clock::now() - begun, kPrompt);
}

std::vector<Client> saying(const World& world, int count, std::string_view bytes) {
  std::vector<Client> clients;
  for (int i = 0; i < count; ++i) {
    clients.emplace_back(world.port());
    clients.back().send(bytes);
  }
  return clients;
}

TEST(TlsSlow, SilentDrippingAndHalfDoneHandshakesCostAScrapeNothing) {
  const Papers papers;
  World world(3, {}, papers.config());
  const std::string hello = support::client_hello();
  const std::vector<Client> silent = saying(world, 400, "");
  const std::vector<Client> begun = saying(world, 200, hello.substr(0, 5));
  const std::vector<Client> half = saying(world, 300, hello);
  std::vector<Client> dripping = saying(world, 100, hello.substr(0, 8));
  std::atomic<bool> done{false};
  std::thread dripper([&] {
    for (std::size_t at = 8; at < hello.size() && !done; ++at) {
      for (Client& client : dripping) client.send(hello.substr(at, 1));
      std::this_thread::sleep_for(milliseconds(10));
    }
  });
  for (int i = 0; i < 5; ++i) {
    expect_prompt_scrape(world, papers);
    std::this_thread::sleep_for(milliseconds(50));
  }
  done = true;
  dripper.join();
  EXPECT_GT(world.ended("crowded"), 0);
}

TEST(TlsSlow, SessionsAreBounded) {
  const Papers papers;
  World world(3, {.sessions = 4}, papers.config());
  std::vector<Client> half = saying(world, 10, support::client_hello());
  EXPECT_TRUE(eventually([&] { return world.ended("crowded") == 6; }));
  EXPECT_EQ(status_of(tls_get(world.port(), papers.manner(), "/-/healthy")), 200);
  EXPECT_TRUE(eventually([&] { return world.ended("crowded") == 7; })) << world.ended("crowded");
}

TEST(TlsSlow, WhoShakesHandsOnceIsNotPushedOutByWhoBeginsOften) {
  const Papers papers;
  World world(3, {.sessions = 8}, papers.config());
  Client one(world.port(), 0, 0x7f000002);
  one.send(support::client_hello());
  const std::vector<Client> many = saying(world, 60, support::client_hello());
  ASSERT_TRUE(eventually([&] { return world.ended("crowded") == 53; }));
  EXPECT_FALSE(one.ended(milliseconds(50)));
}

TEST(TlsSlow, AHandshakeEndsAtTheDeadlineOfAHead) {
  const Papers papers;
  World world(3, {.head_time = milliseconds(300)}, papers.config());
  const std::string hello = support::client_hello();
  for (const std::string& said : {std::string(), hello.substr(0, 5), hello.substr(0, 50), hello}) {
    std::vector<Client> clients = saying(world, 1, said);
    const auto begun = steady_clock::now();
    EXPECT_TRUE(clients[0].ended(seconds(3)));
    EXPECT_GE(steady_clock::now() - begun, milliseconds(200));
  }
  TlsClient shaken(world.port(), papers.manner());  // and then no head
  EXPECT_EQ(shaken.read_all(), "");
  EXPECT_TRUE(eventually([&] { return world.ended("silent") == 5; })) << world.ended("silent");
}

TEST(TlsSlow, AHelloInPiecesIsTaken) {
  const Papers papers;
  World world(3, {}, papers.config());
  const std::string hello = support::client_hello();
  Client client(world.port());
  for (const std::size_t at : {0U, 1U, 5U, 8U, 9U}) {
    const std::size_t next = at == 9 ? hello.size() : at == 8 ? 9 : at == 5 ? 8 : at == 1 ? 5 : 1;
    client.send(hello.substr(at, next - at));
    std::this_thread::sleep_for(milliseconds(20));
  }
  EXPECT_TRUE(eventually([&] { return !client.read_some(1).empty(); })) << "the ServerHello";
}

TEST(TlsSlow, ClientsThatDoNotReadALargePageMakeRoomForOthers) {
  const Papers papers;
  World world(100'000, {}, papers.config());
  std::vector<std::unique_ptr<TlsClient>> slow;
  for (int i = 0; i < 8; ++i) {
    slow.push_back(std::make_unique<TlsClient>(world.port(), papers.manner()));
    slow.back()->send("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n");
  }
  const auto begun = steady_clock::now();
  EXPECT_EQ(status_of(tls_get(world.port(), papers.manner(), "/-/healthy")), 200);
  EXPECT_LT(steady_clock::now() - begun, kPrompt);
  EXPECT_GE(world.ended("cut_off"), 1);
}

TEST(TlsSlow, APageCutOffNeverLooksWhole) {
  const Papers papers;
  World world(100'000, {.answer_time = milliseconds(100)}, papers.config());
  TlsClient slow(world.port(), papers.manner());
  slow.send("GET /metrics HTTP/1.0\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return world.ended("cut_off") == 1; }));
  EXPECT_THAT(slow.read_all(), testing::Not(testing::HasSubstr("} 99999\n")));
  EXPECT_FALSE(slow.ended_well());
}

TEST(TlsSlow, TheEndpointStopsPromptlyWhileHandsAreShaken) {
  const Papers papers;
  World world(3, {}, papers.config());
  const std::vector<Client> half = saying(world, 50, support::client_hello());
  std::this_thread::sleep_for(milliseconds(50));
  const auto begun = steady_clock::now();
  world.endpoint.reset();
  EXPECT_LT(steady_clock::now() - begun, kPrompt);
}

}  // namespace
}  // namespace wayside::test
