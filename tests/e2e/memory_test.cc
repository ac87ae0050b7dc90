// What the agent costs in memory. Figures of sanitized builds tell nothing.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "tests/e2e/agent_process.h"
#include "tests/support/temp_dir.h"
#include "tests/support/wait.h"

namespace wayside::e2e {
namespace {

constexpr auto kCount = "http_server_request_duration_seconds_count";
constexpr long kLimitKb = 24 * 1024;
constexpr long kGrowthKb = 1024;

std::string line(const std::string& path, std::size_t i) {
  return "127.0.0.1 - - [23/Nov/2026:22:31:31 +0000] \"GET " + path +
         " HTTP/1.1\" 200 5120 \"https://college.example/\" \"Mozilla/5.0 (X11; Linux x86_64) "
         "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36\" rt=0." +
         std::to_string(100 + i % 900) + " ua=\"127.0.0.1:8080\" us=\"200\" urt=\"0." +
         std::to_string(100 + i % 900) + "\" id=0123456789abcdef0123456789abcdef\n";
}

// A word of letters alone, so that no part of it looks like an id.
std::string word(std::size_t i) {
  std::string text;
  for (int n = 0; n < 3; ++n, i /= 24) text += static_cast<char>('a' + i % 24);
  return text;
}

class Memory : public testing::Test {
 protected:
  void SetUp() override {
    if (WAYSIDE_SANITIZED) GTEST_SKIP() << "a sanitizer's memory is not the agent's";
  }
  testing::AssertionResult start() {
    agent_.configure("service: api\nrequests: {max_series: 20000}\n" +
                     access_log_collector((dir_ / "*.log").string()));
    return agent_.start();
  }
  [[nodiscard]] long rss() const { return support::memory_kb(agent_.pid(), "VmRSS").value_or(-1); }

  support::TempDir dir_;
  Agent agent_{dir_.path()};
};

TEST_F(Memory, TenThousandSeriesFit) {
  if (!WAYSIDE_RELEASE) GTEST_SKIP() << "the limit is that of what users run";
  std::string log;
  for (std::size_t i = 0; i < 10'000; ++i) log += line("/" + word(i) + "/list", i);
  support::write_file(dir_ / "access.log", log);
  ASSERT_TRUE(start());
  EXPECT_EQ(agent_.page().find(kCount).size(), 10'000U);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(agent_.get("/metrics").status, 200);
  EXPECT_GT(rss(), 0);
  EXPECT_LT(rss(), kLimitKb);
  const auto peak = support::memory_kb(agent_.pid(), "VmHWM").value_or(-1);
  RecordProperty("peak_rss_kb", static_cast<int>(peak));
  EXPECT_LT(peak, kLimitKb);
}

// WAYSIDE_BIG=1 makes it a gigabyte.
std::size_t big_bytes() {
  return std::getenv("WAYSIDE_BIG") == nullptr ? 200'000'000 : 1'000'000'000;
}

// Lines over a handful of routes full of ids; their number.
std::size_t write_big_log(const std::filesystem::path& path) {
  std::ofstream out(path, std::ios::binary);
  std::string block;
  for (std::size_t i = 0; i < 4000; ++i) {
    block += line("/api/" + word(i % 5) + "/" + std::to_string(i * 7919), i);
  }
  std::size_t blocks = 0;
  for (std::size_t bytes = 0; bytes < big_bytes(); bytes += block.size(), ++blocks) out << block;
  return blocks * 4000;
}

TEST_F(Memory, DoesNotGrowWhileABigLogIsRead) {
  support::write_file(dir_ / "first.log", line("/api/aaa/1", 0));
  ASSERT_TRUE(start());
  const auto lines = write_big_log(dir_ / "big.tmp");
  (void)agent_.page();
  const auto before = rss();
  std::filesystem::rename(dir_ / "big.tmp", dir_ / "big.log");
  long most = before;
  EXPECT_TRUE(support::wait_until([&] {
    most = std::max(most, rss());
    return agent_.page().sum(kCount) >= static_cast<double>(lines + 1);
  }));
  EXPECT_EQ(agent_.page().sum(kCount), static_cast<double>(lines + 1));
  EXPECT_GT(before, 0);
  EXPECT_LT(most - before, kGrowthKb) << before << " kB at first, " << most << " kB at most";
}

}  // namespace
}  // namespace wayside::e2e
