#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "collectors/access_log/collector.h"
#include "tests/collectors/access_log/source/follow_fixture.h"
#include "tests/store/recorded_page.h"

namespace wayside {

class EventsKept final : public EventSink {
 public:
  void emit(Event event) override {
    const std::lock_guard lock(mutex_);
    events_.push_back(std::move(event));
  }
  [[nodiscard]] std::size_t count(std::string_view name) const {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(std::count_if(
        events_.begin(), events_.end(), [&](const Event& event) { return event.name == name; }));
  }
  // The last event of this name; an empty one where there is none.
  [[nodiscard]] Event last(std::string_view name) const {
    const std::lock_guard lock(mutex_);
    for (auto at = events_.rbegin(); at != events_.rend(); ++at) {
      if (at->name == name) return *at;
    }
    return {};
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Event> events_;
};

// What a collector needs of the world around it.
struct Surroundings {
  SystemClock clock;
  Store store{clock};
  RequestRules rules;
  EventsKept events;
  Facts facts;
  Environment environment{.clock = &clock};
  Positions positions;
  LogKept log;

  AccessLogContext context() { return {store, rules, events, facts, environment, positions, log}; }
  // -1 where there is no such series.
  [[nodiscard]] double number(const std::string& series) const {
    return RecordedPage::of(store).number(series);
  }
  // How many requests the histograms of a service hold.
  [[nodiscard]] std::uint64_t requests(const std::string& part = "") const {
    std::uint64_t count = 0;
    for (const auto& [name, sample] : RecordedPage::of(store).all) {
      if (!name.starts_with("http_server_request_duration_seconds{")) continue;
      if (name.find(part) == std::string::npos) continue;
      for (const auto bucket : sample.counts) count += bucket;
    }
    return count;
  }
};

// A collector on a thread of its own.
class Collecting {
 public:
  Collecting(Surroundings& around, std::vector<AccessLogConfig> entries)
      : Collecting(around, std::move(entries), around.context()) {}
  Collecting(Surroundings&, std::vector<AccessLogConfig> entries, const AccessLogContext& context) {
    auto made = AccessLogCollector::create(std::move(entries), context);
    EXPECT_TRUE(made.ok()) << (made ? "" : made.error().message);
    if (!made) return;
    collector_ = std::move(*made);
    thread_ = std::jthread([this](std::stop_token stop) {
      tid_ = ::gettid();
      collector_->run(std::move(stop));
    });
  }
  AccessLogCollector& operator*() { return *collector_; }
  AccessLogCollector* operator->() { return collector_.get(); }
  // How often the collector's thread went to sleep so far.
  [[nodiscard]] long sleeps() const {
    std::ifstream status("/proc/self/task/" + std::to_string(tid_) + "/status");
    const std::string key = "voluntary_ctxt_switches:";
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with(key)) return std::stol(line.substr(key.size()));
    }
    return -1;
  }
  void stop() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
  }

 private:
  std::unique_ptr<AccessLogCollector> collector_;
  std::atomic<int> tid_{0};
  std::jthread thread_;
};

}  // namespace wayside
