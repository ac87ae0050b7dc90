// A thousand clients that begin TLS and go no further, against the running agent: every scrape is
// answered in time, and memory stays within what the sessions may take.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

#include "tests/e2e/agent_process.h"
#include "tests/e2e/pest.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tls_client.h"

namespace wayside::e2e {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kClients = 1000;
constexpr milliseconds kTime{4000};
constexpr milliseconds kPrompt{WAYSIDE_SANITIZED ? 5000 : 1000};
constexpr milliseconds kPause{WAYSIDE_SANITIZED ? 500 : 50};
// 128 sessions of some 60 KiB (see limits.h), and what an agent under a thousand plain ones takes.
constexpr long kGrowthKb = 10 * 1024;

// A pest that says the next piece of a ClientHello each time it is its turn: of nothing at all, of
// its first bytes, byte by byte, or all of it at once.
struct Beginner {
  Pest pest;
  std::size_t piece;
  std::size_t most;
  std::size_t said = 0;

  void go_on(std::string_view hello) {
    const std::size_t next = std::min({hello.size(), most, said + piece});
    said = pest.say(hello.substr(said, next - said)) ? next : 0;
  }
};

std::vector<Beginner> beginners(std::uint16_t port, std::size_t hello) {
  const std::pair<std::size_t, std::size_t> kinds[] = {
      {0, 0}, {5, 5}, {1, hello}, {hello, hello}, {hello, hello}};
  std::vector<Beginner> out;
  for (std::size_t i = 0; i < kClients; ++i) {
    const auto& [piece, most] = kinds[i % std::size(kinds)];
    out.push_back({Pest(port), piece, most});
  }
  return out;
}

TEST(HostileTls, AThousandHandshakesHeldOpenCostAScrapeLessThanASecondAndNoMemory) {
  raise_file_limit();
  support::TempDir dir;
  const support::Authority ca(dir.path(), "ca");
  (void)ca.issue("server");
  Agent agent(dir.path());
  agent.secure(", tls: {cert: server.pem, key: server.key}", {.ca = ca.file()}, {});
  agent.configure("service: api\n");
  ASSERT_TRUE(agent.start());
  for (int i = 0; i < 5; ++i) (void)agent.page();
  const auto before = support::memory_kb(agent.pid(), "VmRSS").value_or(0);

  const std::string hello = support::client_hello();
  auto pests = beginners(agent.port(), hello.size());
  std::atomic<bool> done{false};
  std::jthread talking([&] {
    while (!done) {
      for (Beginner& pest : pests) pest.go_on(hello);
      std::this_thread::sleep_for(kPause);
    }
  });
  long most = before;
  milliseconds slowest{0};
  for (const auto end = steady_clock::now() + kTime; steady_clock::now() < end;) {
    const auto begun = steady_clock::now();
    const auto reply = agent.get("/metrics");
    EXPECT_EQ(reply.status, 200) << reply.error;
    const auto took = std::chrono::duration_cast<milliseconds>(steady_clock::now() - begun);
    slowest = std::max(slowest, took);
    most = std::max(most, support::memory_kb(agent.pid(), "VmRSS").value_or(0));
    std::this_thread::sleep_for(milliseconds(100));
  }
  done = true;
  talking.join();
  RecordProperty("slowest_scrape_ms", static_cast<int>(slowest.count()));
  RecordProperty("growth_kb", static_cast<int>(most - before));
  EXPECT_LT(slowest, kPrompt);
  EXPECT_GT(before, 0);
  if (!WAYSIDE_SANITIZED) {
    EXPECT_LT(most - before, kGrowthKb) << before << " kB, then " << most;
  }
  EXPECT_EQ(agent.get("/-/healthy").status, 200);
}

}  // namespace
}  // namespace wayside::e2e
