#pragma once

#include <prometheus/registry.h>

#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "agent/core/collector.h"
#include "agent/core/log.h"
#include "agent/core/time.h"
#include "agent/store/exposition.h"

namespace wayside {

// How collectors fare, as metrics: success, duration and last success by collector, and success by
// part (the label `part`) where a collector tells parts apart. Thread-safe.
class CollectorHealth {
 public:
  CollectorHealth();
  // `seconds` is what the look took; absent for a streamer, which looks all the time.
  void record(const std::string& collector, const Outcome& outcome, std::optional<double> seconds,
              WallTime now);
  void forget(const std::string& collector);
  [[nodiscard]] std::shared_ptr<prometheus::Collectable> telemetry() const { return registry_; }

 private:
  void record_parts(const std::string& collector, const std::vector<Outcome::Part>& parts);

  std::mutex mutex_;
  std::map<std::string, std::set<std::string>> parts_;  // told of, by collector
  std::shared_ptr<prometheus::Registry> registry_;
  prometheus::Family<prometheus::Gauge>& success_;
  prometheus::Family<prometheus::Gauge>& duration_;
  prometheus::Family<prometheus::Gauge>& last_success_;
};

// How often a poller is asked: `poll` at `interval`, `sample` at `sampling` where that is not zero.
struct Cadence {
  std::chrono::milliseconds interval;
  std::chrono::milliseconds sampling{0};
};

// Asks pollers at their intervals, each with a deadline of its interval, and publishes what they
// yield as snapshots: a scrape serves what is known and waits for no one. One thread; a poller
// that is added is asked at once. Pollers, clock, health and log outlive it.
class Scheduler {
 public:
  Scheduler(const Clock& clock, CollectorHealth& health, Log& log);
  ~Scheduler();  // stops after the poll under way

  // Before start only. Returns where its families will stand, with the label `target` where the
  // origin has one.
  std::shared_ptr<const Snapshot> add(SampleOrigin origin, std::unique_ptr<Poller> poller,
                                      Cadence cadence);
  void start();  // the first round is done when it returns
  // Stops after the poll under way; the pollers, in the order they were added.
  std::vector<std::unique_ptr<Poller>> stop();

  // What the pollers say of themselves, each after its collector's name. After start; by the
  // thread that started.
  [[nodiscard]] std::vector<std::string> describe() const { return described_; }

 private:
  struct Task {
    std::string name;
    std::string target;
    std::unique_ptr<Poller> poller;
    Cadence cadence;
    std::shared_ptr<Snapshot> snapshot;
    SteadyTime next{};
    SteadyTime next_sample{};
    // Logged when they change, not at every poll: of the whole under "", then by part.
    std::map<std::string, std::string> last_failures;
  };
  void run(const std::stop_token& stop);
  void poll(Task& task);
  void tell(Task& task, const Outcome& outcome);
  void tell_failure(Task& task, const std::string& part, const std::string& failure);
  SteadyTime poll_due();
  void sample_due(Task& task);

  const Clock& clock_;
  CollectorHealth& health_;
  Log& log_;
  std::vector<Task> tasks_;
  std::vector<std::string> described_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;
};

}  // namespace wayside
