#include "agent/scheduler.h"

#include <gtest/gtest.h>
#include <prometheus/text_serializer.h>

#include <atomic>
#include <thread>

namespace wayside {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

class ScriptedPoller final : public Poller {
 public:
  explicit ScriptedPoller(std::vector<Outcome> script) : script_(std::move(script)) {}

  Outcome poll(SteadyTime, std::vector<MetricFamily>& out) override {
    const std::size_t turn = std::min<std::size_t>(polls++, script_.size() - 1);
    ClientMetric metric;
    metric.gauge.value = static_cast<double>(turn);
    out.push_back({"turn", "The poll it is.", MetricType::Gauge, {metric}});
    return script_[turn];
  }
  std::atomic<std::size_t> polls{0};

 private:
  std::vector<Outcome> script_;
};

class RecordingLog final : public Log {
 public:
  void write(Level level, std::string_view message) override {
    const std::lock_guard lock(mutex);
    lines.push_back(std::string(to_string(level)) + " " + std::string(message));
  }
  std::mutex mutex;
  std::vector<std::string> lines;
};

std::string page(const CollectorHealth& health) {
  return prometheus::TextSerializer().Serialize(health.telemetry()->Collect());
}

TEST(Scheduler, TheFirstRoundIsThereWhenStartReturns) {
  const SystemClock clock;
  CollectorHealth health;
  RecordingLog log;
  Scheduler scheduler(clock, health, log);
  auto snapshot =
      scheduler.add({"a", {}}, std::make_unique<ScriptedPoller>(std::vector{Outcome::ok()}),
                    {std::chrono::hours(1)});
  scheduler.start();
  ASSERT_NE(snapshot->read(), nullptr);
  ASSERT_EQ(snapshot->read()->size(), 1U);
  EXPECT_EQ(snapshot->read()->front().desc.name, "turn");
  EXPECT_NE(page(health).find("wayside_collector_success{collector=\"a\"} 1"), std::string::npos);
}

TEST(Scheduler, AFailureKeepsTheLastSnapshotAndIsLoggedOnce) {
  const ManualClock clock;  // stands still: with no interval the poller is always due
  CollectorHealth health;
  RecordingLog log;
  auto poller = std::make_unique<ScriptedPoller>(
      std::vector{Outcome::ok(), Outcome::failed("the moon is down")});
  const auto& polls = poller->polls;
  {
    Scheduler scheduler(clock, health, log);
    auto snapshot = scheduler.add({"a", {}}, std::move(poller), {std::chrono::seconds(0)});
    scheduler.start();
    while (polls < 4) std::this_thread::yield();
    EXPECT_NE(page(health).find("wayside_collector_success{collector=\"a\"} 0"), std::string::npos);
    EXPECT_DOUBLE_EQ(snapshot->read()->front().samples.front().number, 0);
    const std::lock_guard lock(log.mutex);
    EXPECT_EQ(log.lines, std::vector<std::string>{"warn a: the moon is down"});
  }
  EXPECT_EQ(page(health).find("collector=\"a\""), std::string::npos) << "forgotten at its end";
}

class SampledPoller final : public Poller {
 public:
  Outcome poll(SteadyTime, std::vector<MetricFamily>&) override {
    ++polls;
    return outcome;
  }
  void sample() override { ++samples; }
  [[nodiscard]] std::string describe() const override { return "the moon"; }

  Outcome outcome;
  std::atomic<int> polls{0};
  std::atomic<int> samples{0};
};

TEST(Scheduler, SamplesAreTakenBetweenThePolls) {
  const SystemClock clock;
  CollectorHealth health;
  RecordingLog log;
  auto poller = std::make_unique<SampledPoller>();
  const SampledPoller& seen = *poller;
  Scheduler scheduler(clock, health, log);
  scheduler.add({"a", {}}, std::move(poller),
                {std::chrono::hours(1), std::chrono::milliseconds(2)});
  scheduler.start();
  while (seen.samples < 3) std::this_thread::yield();
  EXPECT_EQ(seen.polls, 1);
}

TEST(Scheduler, APollerWithoutSamplingIsNeverSampled) {
  const SystemClock clock;
  CollectorHealth health;
  RecordingLog log;
  auto poller = std::make_unique<SampledPoller>();
  const SampledPoller& seen = *poller;
  Scheduler scheduler(clock, health, log);
  scheduler.add({"a", {}}, std::move(poller), {std::chrono::milliseconds(1)});
  scheduler.start();
  while (seen.polls < 3) std::this_thread::yield();
  EXPECT_EQ(seen.samples, 0);
}

TEST(Scheduler, APartThatIsNotSeenFailsAloneAndIsToldOnce) {
  const SystemClock clock;
  CollectorHealth health;
  RecordingLog log;
  {
    auto poller = std::make_unique<SampledPoller>();
    poller->outcome.parts = {{"smaps", "needs CAP_SYS_PTRACE"}, {"stat", ""}};
    const SampledPoller& seen = *poller;
    Scheduler scheduler(clock, health, log);
    scheduler.add({"a", {}}, std::move(poller), {std::chrono::milliseconds(1)});
    scheduler.start();
    EXPECT_EQ(scheduler.describe(), std::vector<std::string>{"a: the moon"});
    while (seen.polls < 3) std::this_thread::yield();
    const std::string text = page(health);
    for (const char* line : {"wayside_collector_success{collector=\"a\"} 1",
                             "wayside_collector_success{collector=\"a\",part=\"smaps\"} 0",
                             "wayside_collector_success{collector=\"a\",part=\"stat\"} 1"}) {
      EXPECT_NE(text.find(line), std::string::npos) << line << "\n" << text;
    }
    const std::lock_guard lock(log.mutex);
    EXPECT_EQ(log.lines, std::vector<std::string>{"warn a: smaps: needs CAP_SYS_PTRACE"});
  }
  EXPECT_EQ(page(health).find("collector=\"a\""), std::string::npos) << "forgotten at its end";
}

}  // namespace
}  // namespace wayside
