#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "tests/exporters/prometheus/http_client.h"
#include "tests/exporters/prometheus/http_world.h"

namespace wayside::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr std::string_view kScrape = "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n";
constexpr std::string_view kSlowBody =
    "POST /-/reload HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n";
constexpr std::string_view kEndless =
    "GET /metrics HTTP/1.1\r\nHost: a-client-that-never-comes-to-the-end-of-its-request-head";
// What a client may wait while others hang. ThreadSanitizer makes a page of 100,000 series cost
// ten times its CPU; without the cut-off it would still be ten seconds.
#ifdef __SANITIZE_THREAD__
constexpr seconds kPrompt{3};
#else
constexpr seconds kPrompt{1};
#endif
constexpr int kLittle = 4096;  // a receive buffer that is soon full

milliseconds since(steady_clock::time_point begun) {
  return std::chrono::duration_cast<milliseconds>(steady_clock::now() - begun);
}

// A whole scrape of a small page is prompt.
void expect_prompt_scrape(const World& world) {
  const auto begun = steady_clock::now();
  const std::string answer = round_trip(world.port(), kScrape);
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_THAT(body_of(answer), testing::HasSubstr("things_total{"));
  EXPECT_LT(since(begun), kPrompt);
}

// Clients that asked for a large page and do not read it.
std::vector<Client> slow_readers(const World& world, int count) {
  std::vector<Client> clients;
  for (int i = 0; i < count; ++i) {
    clients.emplace_back(world.port(), kLittle);
    EXPECT_EQ(clients.back().send(kScrape), kScrape.size());
  }
  return clients;
}

TEST(HttpSlow, DrippingAndSilentClientsCostAScrapeNothing) {
  World world;
  std::vector<Client> silent;
  std::vector<Client> dripping;
  for (int i = 0; i < 600; ++i) silent.emplace_back(world.port());
  for (int i = 0; i < 100; ++i) dripping.emplace_back(world.port());
  std::atomic<bool> done{false};
  std::thread dripper([&] {
    for (std::size_t at = 0; at < kEndless.size() && !done; ++at) {
      for (Client& client : dripping) client.send(kEndless.substr(at, 1));
      std::this_thread::sleep_for(milliseconds(10));
    }
  });
  for (int i = 0; i < 5; ++i) {
    expect_prompt_scrape(world);
    std::this_thread::sleep_for(milliseconds(50));
  }
  done = true;
  dripper.join();
  EXPECT_GE(world.ended("crowded"), 700 - 384);
}

TEST(HttpSlow, WhoComesWithOneConnectionIsNotPushedOutByWhoComesWithMany) {
  World world(3, {.waiting = 32});
  Client one(world.port(), 0, 0x7f000002);
  one.send(kScrape.substr(0, 10));
  std::vector<Client> many;
  for (int i = 0; i < 200; ++i) many.emplace_back(world.port());
  ASSERT_TRUE(eventually([&] { return world.ended("crowded") == 169; }));
  one.send(kScrape.substr(10));
  EXPECT_EQ(status_of(one.read_all()), 200);
}

TEST(HttpSlow, AHeadThatDripsEndsAtItsDeadline) {
  World world(3, {.head_time = milliseconds(300)});
  const auto begun = steady_clock::now();
  Client client(world.port());
  for (std::size_t at = 0; at < kEndless.size(); ++at) {
    client.send(kEndless.substr(at, 1));
    if (client.ended(milliseconds(10))) break;
  }
  EXPECT_GE(since(begun), milliseconds(250));
  EXPECT_LT(since(begun), milliseconds(800));
  EXPECT_TRUE(eventually([&] { return world.ended("silent") == 1; }));
}

TEST(HttpSlow, ClientsThatDoNotReadALargePageMakeRoomForOthers) {
  World world(100'000);
  const std::vector<Client> slow = slow_readers(world, 8);
  const auto begun = steady_clock::now();
  EXPECT_EQ(status_of(get(world.port(), "/-/healthy")), 200);
  EXPECT_LT(since(begun), kPrompt);
  EXPECT_GE(world.ended("cut_off"), 4);
}

TEST(HttpSlow, ClientsThatReadALittleAtATimeMakeRoomToo) {
  World world(100'000);
  std::vector<Client> slow = slow_readers(world, 8);
  std::atomic<bool> done{false};
  std::thread sipper([&] {
    while (!done) {
      for (Client& client : slow) client.read_some(512);
      std::this_thread::sleep_for(milliseconds(20));
    }
  });
  const auto begun = steady_clock::now();
  EXPECT_EQ(status_of(get(world.port(), "/-/healthy")), 200);
  EXPECT_LT(since(begun), kPrompt);
  done = true;
  sipper.join();
}

TEST(HttpSlow, BodiesThatDripMakeRoomToo) {
  World world;
  std::vector<Client> slow;
  for (int i = 0; i < 8; ++i) {
    slow.emplace_back(world.port());
    slow.back().send(kSlowBody);
  }
  expect_prompt_scrape(world);
  EXPECT_EQ(world.reloads, 0);
}

TEST(HttpSlow, BodiesThatDoNotComeTakeNoPlaceFromAScrape) {
  World world(3, {.queued = 4});
  std::vector<Client> slow;
  for (int i = 0; i < 40; ++i) {
    slow.emplace_back(world.port());
    slow.back().send(kSlowBody);
  }
  for (int i = 0; i < 5; ++i) expect_prompt_scrape(world);
  EXPECT_GT(world.ended("overloaded"), 0);
}

TEST(HttpSlow, AloneASlowReaderHasUntilTheDeadline) {
  World world(100'000, {.answer_time = milliseconds(800), .patience = milliseconds(20)});
  const std::vector<Client> slow = slow_readers(world, 1);
  std::this_thread::sleep_for(milliseconds(300));
  EXPECT_EQ(world.ended(), 0);
  EXPECT_TRUE(eventually([&] { return world.ended("cut_off") == 1; }));
}

TEST(HttpSlow, APageCutOffNeverLooksWhole) {
  World world(100'000, {.answer_time = milliseconds(100)});
  Client slow(world.port(), kLittle);
  slow.send("GET /metrics HTTP/1.0\r\n\r\n");
  ASSERT_TRUE(eventually([&] { return world.ended("cut_off") == 1; }));
  // A reset, not an orderly end: in HTTP/1.0 that would be the mark of a whole page.
  EXPECT_THAT(slow.read_all(), testing::Not(testing::HasSubstr("} 99999\n")));
  EXPECT_TRUE(slow.was_reset());
}

TEST(HttpSlow, ManyScrapesAtOnceAreAllServed) {
  World world(1'000);
  std::vector<std::thread> clients;
  std::atomic<int> whole{0};
  for (int i = 0; i < 8; ++i) {
    clients.emplace_back([&] {
      for (int n = 0; n < 10; ++n) {
        const std::string body = body_of(round_trip(world.port(), kScrape));
        if (std::count(body.begin(), body.end(), '\n') == 1'002) ++whole;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(whole, 80);
  EXPECT_TRUE(eventually([&] { return world.ended("answered") == 80; }));
  EXPECT_EQ(world.ended(), 80);
}

TEST(HttpSlow, TheEndpointStopsPromptlyWhileClientsHang) {
  World world(100'000);
  std::vector<Client> clients = slow_readers(world, 8);
  for (int i = 0; i < 20; ++i) clients.emplace_back(world.port());
  clients.back().send(kSlowBody);
  std::this_thread::sleep_for(milliseconds(100));
  const auto begun = steady_clock::now();
  world.endpoint.reset();
  EXPECT_LT(since(begun), kPrompt);
}

}  // namespace
}  // namespace wayside::test
