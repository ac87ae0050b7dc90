#include "exporters/events/event_log.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <prometheus/metric_family.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

namespace wayside {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Steady = std::chrono::steady_clock;

Event event_of(std::string message) {
  return {.at = WallTime{seconds{1'700'000'000}},
          .level = Level::warn,
          .name = "slow_request",
          .message = std::move(message)};
}

std::optional<std::string> no_env(const std::string& /*name*/) {
  return std::nullopt;
}

// What the agent's own log was told.
class LogHeard final : public Log {
 public:
  void write(Level level, std::string_view message) override {
    const std::scoped_lock lock(mutex_);
    messages_.push_back(std::string(to_string(level)) + ' ' + std::string(message));
  }
  [[nodiscard]] std::vector<std::string> messages() const {
    const std::scoped_lock lock(mutex_);
    return messages_;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> messages_;
};

// The value of the one metric of a family, where all its labels are summed up.
double total(const EventLog& log, const std::string& name) {
  double sum = 0;
  for (const auto& family : log.telemetry()->Collect()) {
    if (family.name != name) continue;
    for (const auto& metric : family.metric) sum += metric.counter.value;
  }
  return sum;
}

class EventLogTest : public testing::Test {
 protected:
  EventLogTest() {
    std::string pattern = testing::TempDir() + "event_log.XXXXXX";
    folder_ = mkdtemp(pattern.data());
    signal(SIGPIPE, SIG_IGN);
  }
  ~EventLogTest() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] EventsConfig to(const char* name,
                                OutputFormat format = OutputFormat::automatic) const {
    return {.file = folder_ / name, .format = format};
  }
  [[nodiscard]] std::vector<std::string> lines(const char* name) const {
    std::vector<std::string> all;
    std::ifstream in(folder_ / name);
    for (std::string line; std::getline(in, line);) all.push_back(line);
    return all;
  }
  std::unique_ptr<EventLog> open(const EventsConfig& config) {
    auto log = EventLog::open(config, told_, no_env);
    EXPECT_TRUE(log.ok());
    return log ? std::move(log).value() : nullptr;
  }

  std::filesystem::path folder_;
  LogHeard told_;
};

// A pipe that stands for stdout while an event log is opened on it.
class Pipe {
 public:
  Pipe() { EXPECT_EQ(pipe(ends_.data()), 0); }
  ~Pipe() {
    close(ends_[0]);
    close(ends_[1]);
  }
  [[nodiscard]] std::unique_ptr<EventLog> log() const {
    const int saved = dup(STDOUT_FILENO);
    dup2(ends_[1], STDOUT_FILENO);
    static NullLog unheard;
    auto log = EventLog::open({}, unheard, no_env);
    dup2(saved, STDOUT_FILENO);
    close(saved);
    return std::move(log).value();
  }
  // All that stands in the pipe right now.
  [[nodiscard]] std::string drain() const {
    fcntl(ends_[0], F_SETFL, O_NONBLOCK);
    std::string all;
    std::array<char, 65'536> part{};
    for (long got = 0; (got = read(ends_[0], part.data(), part.size())) > 0;) {
      all.append(part.data(), static_cast<std::size_t>(got));
    }
    return all;
  }

 private:
  std::array<int, 2> ends_{};
};

TEST_F(EventLogTest, WritesJsonLinesToAFile) {
  const auto log = open(to("log"));
  Event event = event_of("Slow request");
  event.fields["duration"] = 1.5;
  log->emit(event);
  ASSERT_TRUE(log->flush(seconds{5}));
  ASSERT_EQ(lines("log").size(), 1U);
  EXPECT_EQ(lines("log")[0],
            R"({"time":"2023-11-14T22:13:20.000Z","level":"warn","event":"slow_request",)"
            R"("message":"Slow request","duration":1.5})");
}

TEST_F(EventLogTest, WritesTextWhereAsked) {
  const auto log = open(to("log", OutputFormat::text));
  log->emit(event_of("a\x1b[2J"));
  ASSERT_TRUE(log->flush(seconds{5}));
  EXPECT_EQ(lines("log")[0], "2023-11-14T22:13:20.000Z warn  a\\x1b[2J event=slow_request");
}

TEST_F(EventLogTest, EveryLineIsWrittenBeforeItEnds) {
  {
    const auto log = open(to("log"));
    for (int i = 0; i < 300; ++i) log->emit(event_of(std::to_string(i)));
  }
  EXPECT_EQ(lines("log").size(), 300U);
}

TEST_F(EventLogTest, EventsOfManyThreadsAreWholeLinesAndAllAccountedFor) {
  const auto log = open(to("log"));
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&log] {
        for (int i = 0; i < 500; ++i) log->emit(event_of(std::string(100, 'm')));
      });
    }
  }
  ASSERT_TRUE(log->flush(seconds{10}));
  for (const std::string& line : lines("log")) {
    ASSERT_FALSE(nlohmann::json::parse(line, nullptr, false).is_discarded()) << line;
  }
  EXPECT_EQ(lines("log").size() + log->dropped(), 2000U);
  EXPECT_EQ(total(*log, "wayside_events_total"), 2000);
}

TEST_F(EventLogTest, WhatCannotBeReadInTimeIsDroppedAndCounted) {
  const Pipe pipe;
  const auto log = pipe.log();
  const auto begun = Steady::now();
  for (int i = 0; i < 2000; ++i) log->emit(event_of(std::string(1000, 'x')));
  EXPECT_LT(Steady::now() - begun, seconds{5});  // nobody reads: emitting goes on
  EXPECT_FALSE(log->flush(milliseconds{10}));
  EXPECT_GT(log->dropped(), 1000U);
  EXPECT_EQ(total(*log, "wayside_events_dropped_total"), static_cast<double>(log->dropped()));
  std::string got;
  while (!log->flush(milliseconds{10})) got += pipe.drain();
  got += pipe.drain();
  EXPECT_EQ(static_cast<std::uint64_t>(std::ranges::count(got, '\n')) + log->dropped(), 2000U);
}

TEST_F(EventLogTest, EndsInTimeWhereNobodyReads) {
  const Pipe pipe;
  auto log = pipe.log();
  for (int i = 0; i < 500; ++i) log->emit(event_of(std::string(1000, 'x')));
  const auto begun = Steady::now();
  log.reset();
  EXPECT_GE(Steady::now() - begun, seconds{1});
  EXPECT_LT(Steady::now() - begun, EventLog::kStopWait + seconds{2});
}

TEST_F(EventLogTest, ABrokenPipeIsCounted) {
  auto pipe = std::make_unique<Pipe>();
  const auto log = pipe->log();
  pipe.reset();
  log->emit(event_of("lost"));
  ASSERT_TRUE(log->flush(seconds{5}));
  EXPECT_EQ(log->dropped(), 1U);
}

TEST_F(EventLogTest, AFullDiskDropsEventsIsToldOnceAndRecoveredFrom) {
  const auto log = open({.file = "/dev/full"});
  for (int i = 0; i < 100; ++i) log->emit(event_of("lost"));
  ASSERT_TRUE(log->flush(seconds{5}));
  EXPECT_EQ(log->dropped(), 100U);
  ASSERT_EQ(told_.messages().size(), 1U);
  EXPECT_EQ(told_.messages()[0],
            "warn event log: cannot write: No space left on device; events are dropped meanwhile");
  ASSERT_TRUE(log->reopen(to("log")).ok());
  for (int i = 0; i < 10; ++i) log->emit(event_of("there is space again"));
  ASSERT_TRUE(log->flush(seconds{5}));
  EXPECT_EQ(log->dropped(), 100U);
  EXPECT_EQ(lines("log").size(), 10U);
  ASSERT_EQ(told_.messages().size(), 2U);
  EXPECT_EQ(told_.messages()[1],
            "info event log: is written again, and 100 events were dropped meanwhile");
}

TEST_F(EventLogTest, ADiskThatIsFullNowAndThenIsNotToldOfEachTime) {
  const auto log = open(to("log"));
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(log->reopen({.file = "/dev/full"}).ok());
    log->emit(event_of("lost"));
    ASSERT_TRUE(log->flush(seconds{5}));
    ASSERT_TRUE(log->reopen(to("log")).ok());
    log->emit(event_of("written"));
    ASSERT_TRUE(log->flush(seconds{5}));
  }
  EXPECT_EQ(log->dropped(), 5U);
  EXPECT_EQ(lines("log").size(), 5U);
  EXPECT_EQ(told_.messages().size(), 2U);
}

TEST_F(EventLogTest, GoesOnInANewFileAfterRotation) {
  const auto log = open(to("log"));
  log->emit(event_of("before"));
  ASSERT_TRUE(log->flush(seconds{5}));
  std::filesystem::rename(folder_ / "log", folder_ / "log.1");
  ASSERT_TRUE(log->reopen().ok());
  log->emit(event_of("after"));
  ASSERT_TRUE(log->flush(seconds{5}));
  ASSERT_EQ(lines("log.1").size(), 1U);
  ASSERT_EQ(lines("log").size(), 1U);
  EXPECT_NE(lines("log")[0].find("after"), std::string::npos);
}

TEST_F(EventLogTest, StaysWithTheOldFileWhereTheNewOneCannotBeOpened) {
  const auto log = open(to("log"));
  const auto refused = log->reopen(to("no/such/folder"));
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().message.find("no/such/folder"), std::string::npos);
  log->emit(event_of("still here"));
  ASSERT_TRUE(log->flush(seconds{5}));
  EXPECT_EQ(lines("log").size(), 1U);
}

TEST_F(EventLogTest, AFileThatCannotBeOpenedIsAnError) {
  const auto refused = EventLog::open(to("no/such/folder"), told_, no_env);
  ASSERT_FALSE(refused.ok());
  EXPECT_TRUE(refused.error().message.starts_with("event log: cannot open "));
}

TEST_F(EventLogTest, AnEventTooLongForALineKeepsItsFixedFields) {
  const auto log = open(to("log"));
  Event event = event_of(std::string(1000, 'm'));
  event.fields["path"] = std::string(EventLog::kMaxLine, 'x');
  log->emit(event);
  ASSERT_TRUE(log->flush(seconds{5}));
  const auto line = nlohmann::json::parse(lines("log")[0]);
  EXPECT_EQ(line["event"], "slow_request");
  EXPECT_EQ(line["truncated"], true);
  EXPECT_EQ(line["message"], std::string(256, 'm'));
}

TEST_F(EventLogTest, HostileTextNeverThrows) {
  const auto log = open(to("log"));
  Event event = event_of("\xff\xfe{}%s\n");
  event.fields["\xc0"] = "\xed\xa0\x80";
  EXPECT_NO_THROW(log->emit(event));
  ASSERT_TRUE(log->flush(seconds{5}));
  EXPECT_FALSE(nlohmann::json::parse(lines("log")[0], nullptr, false).is_discarded());
}

TEST_F(EventLogTest, CountsByEventAndLevelAndTheCountsMayOutliveIt) {
  auto log = open(to("log"));
  log->emit(event_of("one"));
  Event other = event_of("two");
  other.level = Level::info;
  log->emit(other);
  const auto telemetry = log->telemetry();
  log.reset();
  const auto families = telemetry->Collect();
  const auto emitted =
      std::ranges::find(families, "wayside_events_total", &prometheus::MetricFamily::name);
  ASSERT_NE(emitted, families.end());
  EXPECT_EQ(emitted->metric.size(), 2U);
}

}  // namespace
}  // namespace wayside
