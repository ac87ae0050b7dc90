#pragma once

#include <prometheus/registry.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "agent/core/collector.h"
#include "agent/core/log.h"
#include "agent/core/time.h"
#include "agent/store/exposition.h"

namespace wayside {

// How collectors fare, as metrics: success, duration and last success by collector. Thread-safe.
class CollectorHealth {
 public:
  CollectorHealth();
  // `seconds` is what the look took; absent for a streamer, which looks all the time.
  void record(const std::string& collector, const Outcome& outcome, std::optional<double> seconds,
              WallTime now);
  void forget(const std::string& collector);
  [[nodiscard]] std::shared_ptr<prometheus::Collectable> telemetry() const { return registry_; }

 private:
  std::shared_ptr<prometheus::Registry> registry_;
  prometheus::Family<prometheus::Gauge>& success_;
  prometheus::Family<prometheus::Gauge>& duration_;
  prometheus::Family<prometheus::Gauge>& last_success_;
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
                                      std::chrono::seconds interval);
  void start();  // the first round is done when it returns

 private:
  struct Task {
    std::string name;
    std::string target;
    std::unique_ptr<Poller> poller;
    std::chrono::seconds interval;
    std::shared_ptr<Snapshot> snapshot;
    SteadyTime next{};
    std::string last_failure;  // logged when it changes, not at every poll
  };
  void run(const std::stop_token& stop);
  void poll(Task& task);
  void tell(Task& task, const Outcome& outcome);
  SteadyTime poll_due();

  const Clock& clock_;
  CollectorHealth& health_;
  Log& log_;
  std::vector<Task> tasks_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;
};

}  // namespace wayside
