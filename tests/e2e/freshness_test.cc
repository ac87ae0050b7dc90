// How long it takes until a line that was written is on the page, while a log grows fast.
// WAYSIDE_RATE sets the lines a second; 500000 is what the agent is made for.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "tests/e2e/agent_process.h"
#include "tests/support/temp_dir.h"
#include "tests/support/wait.h"

namespace wayside::e2e {
namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr auto kCount = "http_server_request_duration_seconds_count";
constexpr auto kTick = milliseconds{1};
constexpr int kMarks = 100;
constexpr microseconds kLimit = milliseconds{WAYSIDE_SANITIZED ? 3000 : 100};

std::size_t rate() {
  if (const char* given = std::getenv("WAYSIDE_RATE")) return std::strtoull(given, nullptr, 10);
  return WAYSIDE_SANITIZED ? 5'000 : 100'000;
}

std::string lines(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += "127.0.0.1 - - [23/Nov/2026:22:31:31 +0000] \"GET /api/students/" +
            std::to_string(100 + i % 900) +
            " HTTP/1.1\" 200 5120 \"-\" \"Mozilla/5.0 (X11; Linux x86_64)\" 0.0" +
            std::to_string(10 + i % 90) + " 0.010\n";
  }
  return text;
}

// Appends so many lines a second, a tick's worth at a time, until it is ended.
class FastWriter {
 public:
  FastWriter(const std::filesystem::path& path, std::size_t a_second)
      : a_tick_(std::max<std::size_t>(a_second / 1000, 1)),
        fd_(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644)),
        thread_([this](const std::stop_token& stop) { run(stop); }) {}
  ~FastWriter() {
    thread_.request_stop();
    thread_.join();
    ::close(fd_);
  }
  FastWriter(const FastWriter&) = delete;
  FastWriter& operator=(const FastWriter&) = delete;

  [[nodiscard]] std::uint64_t written() const { return written_; }

 private:
  void run(const std::stop_token& stop) {
    const std::string text = lines(a_tick_);
    for (auto due = steady_clock::now(); !stop.stop_requested(); due += kTick) {
      std::this_thread::sleep_until(due);
      if (::write(fd_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) return;
      written_ += a_tick_;
    }
  }
  std::size_t a_tick_;
  int fd_;
  std::atomic<std::uint64_t> written_{0};
  std::jthread thread_;
};

TEST(Freshness, ALineIsOnThePageWithinATenthOfASecond) {
  support::TempDir dir;
  Agent agent(dir.path());
  const auto log = dir / "access.log";
  support::write_file(log, lines(1));
  agent.configure("collectors: {access_log: [{path: " + log.string() +
                  ", start_at: beginning}]}\n");
  ASSERT_TRUE(agent.start());
  ASSERT_TRUE(support::wait_until([&] { return agent.page().sum(kCount) >= 1; }));

  const FastWriter writer(log, rate());
  ASSERT_TRUE(support::wait_until([&] { return writer.written() > 0; }));
  std::vector<microseconds> delays;
  for (int i = 0; i < kMarks; ++i) {
    const std::uint64_t mark = writer.written() + 1;  // and the line that was there before
    const auto begun = steady_clock::now();
    ASSERT_TRUE(
        support::wait_until([&] { return agent.page().sum(kCount) >= static_cast<double>(mark); },
                            support::kPatience, milliseconds{1}));
    delays.push_back(duration_cast<microseconds>(steady_clock::now() - begun));
    std::this_thread::sleep_for(milliseconds{7});
  }
  std::sort(delays.begin(), delays.end());
  const microseconds p50 = delays[kMarks / 2];
  const microseconds p99 = delays[kMarks - 2];
  RecordProperty("p50_us", static_cast<int>(p50.count()));
  RecordProperty("p99_us", static_cast<int>(p99.count()));
  EXPECT_LT(p99, kLimit) << "p50 " << p50.count() << " us, p99 " << p99.count() << " us";
}

}  // namespace
}  // namespace wayside::e2e
