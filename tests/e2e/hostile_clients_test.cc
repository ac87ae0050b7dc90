// A thousand clients that mean no good, against the running agent: every scrape is answered in
// time and memory stays where it was.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <thread>

#include "tests/e2e/agent_process.h"
#include "tests/e2e/pest.h"
#include "tests/support/temp_dir.h"

namespace wayside::e2e {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kClients = 1000;
constexpr milliseconds kTime{4000};
// Sanitizers make everything some ten times slower.
constexpr milliseconds kPrompt{WAYSIDE_SANITIZED ? 5000 : 1000};
constexpr long kGrowthKb = 4096;
// A hundred of them ask for the page each time: as many as can be answered, or it would be the
// machine that is tested.
constexpr milliseconds kPause{WAYSIDE_SANITIZED ? 500 : 50};

// What each kind of client says, over and over; the first say nothing at all. One in ten asks for
// the page, so that together they never ask for more than the endpoint keeps waiting.
constexpr std::string_view kEndless =
    "GET /metrics HTTP/1.1\r\nX: endless\r\nX: endless\r\nX: endless\r\nX: endless\r\n";
constexpr std::string_view kChunks =
    "POST /-/reload HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n";
constexpr std::array<std::string_view, 10> kWords = {
    "",       "",       "",      "G",     "G",
    kEndless, kEndless, kChunks, kChunks, "GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n",
};

TEST(HostileClients, AThousandOfThemCostAScrapeLessThanASecondAndNoMemory) {
  raise_file_limit();
  support::TempDir dir;
  Agent agent(dir.path());
  agent.configure("service: api\n");
  ASSERT_TRUE(agent.start());
  for (int i = 0; i < 5; ++i) (void)agent.page();
  const auto before = support::memory_kb(agent.pid(), "VmRSS").value_or(0);

  std::vector<Pest> pests;
  for (std::size_t i = 0; i < kClients; ++i) pests.emplace_back(agent.port());
  std::atomic<bool> done{false};
  std::jthread talking([&] {
    while (!done) {
      for (std::size_t i = 0; i < pests.size(); ++i) pests[i].say(kWords[i % kWords.size()]);
      std::this_thread::sleep_for(kPause);
    }
  });
  long most = before;
  for (const auto end = steady_clock::now() + kTime; steady_clock::now() < end;) {
    const auto begun = steady_clock::now();
    const auto reply = agent.get("/metrics");
    EXPECT_EQ(reply.status, 200);
    EXPECT_LT(steady_clock::now() - begun, kPrompt);
    most = std::max(most, support::memory_kb(agent.pid(), "VmRSS").value_or(0));
    std::this_thread::sleep_for(milliseconds(100));
  }
  done = true;
  talking.join();
  EXPECT_GT(before, 0);
  if (!WAYSIDE_SANITIZED) {
    EXPECT_LT(most - before, kGrowthKb) << before << " kB, then " << most;
  }
  EXPECT_EQ(agent.get("/-/healthy").status, 200);
}

}  // namespace
}  // namespace wayside::e2e
