#include "agent/requests/distribution.h"

#include "tests/requests/recording.h"

namespace wayside {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

TEST(Distributions, AreToldEveryFiveMinutes) {
  Recording recording;
  for (const std::int64_t millis : {1, 100, 101, 300, 500, 501, 1'000, 1'001}) {
    recording.get("/a", millis);
  }
  (void)recording.events.take();
  recording.clock.advance(seconds{299});
  recording.recorder->tick();
  EXPECT_TRUE(recording.events.take().empty());
  recording.clock.advance(seconds{1});
  recording.recorder->tick();
  const auto events = recording.events.take();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].name, "response_time_distribution");
  EXPECT_EQ(events[0].level, Level::info);
  EXPECT_EQ(events[0].at, recording.clock.wall());
  EXPECT_EQ(events[0].fields.dump(),
            R"({"service":"shop","window_seconds":300.0,"requests":8,"bands":[)"
            R"({"upto":0.1,"count":2,"share":0.25},{"upto":0.3,"count":2,"share":0.25},)"
            R"({"upto":0.5,"count":1,"share":0.125},{"upto":1.0,"count":2,"share":0.25},)"
            R"({"over":1.0,"count":1,"share":0.125}]})");
}

TEST(Distributions, BeginAnewEachTime) {
  Recording recording;
  recording.get("/a");
  recording.clock.advance(minutes{5});
  recording.recorder->tick();
  (void)recording.events.take();
  recording.get("/a");
  recording.clock.advance(minutes{6});
  recording.recorder->tick();
  const auto events = recording.events.take();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].fields["requests"], 1);
  EXPECT_EQ(events[0].fields["window_seconds"], 360.0);
}

TEST(Distributions, OfNothingNothingIsTold) {
  Recording recording;
  recording.clock.advance(minutes{10});
  recording.recorder->tick();
  EXPECT_TRUE(recording.events.take().empty());
}

}  // namespace
}  // namespace wayside
