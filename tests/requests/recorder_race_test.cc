// Scrapes while requests are recorded; what tsan has to say of it counts most.
#include <atomic>
#include <thread>

#include "tests/requests/recording.h"

namespace wayside {
namespace {

TEST(Recorders, AreScrapedWhileTheyRecord) {
  Recording recording;
  const std::vector<std::string> paths = {"/a", "/b/1", "/c/x/2026-11-23", "/d"};
  constexpr std::uint64_t kRequests = 20'000;
  std::atomic<bool> done = false;
  std::thread scraper([&] {
    std::uint64_t before = 0;
    while (!done) {
      std::uint64_t now = 0;
      for (const auto& [labels, count] : recording.series(kServer)) now += count;
      EXPECT_GE(now, before);
      before = now;
    }
  });
  const Attempt attempt{"10.0.0.1:80", 200, Micros{900}};
  for (std::uint64_t i = 0; i < kRequests; ++i) {
    Request request =
        recording.request(paths[i % paths.size()], static_cast<std::int64_t>(i % 1'100),
                          static_cast<std::uint16_t>(200 + i % 7));
    request.attempts = {&attempt, 1};
    recording.record(request);
    if (i % 1'000 == 0) recording.recorder->tick();
  }
  done = true;
  scraper.join();
  std::uint64_t all = 0;
  for (const auto& [labels, count] : recording.series(kServer)) all += count;
  EXPECT_EQ(all, kRequests);
}

}  // namespace
}  // namespace wayside
