#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "agent/requests/recorder.h"

namespace wayside {

// Keeps events for a test to look at. Thread-safe.
class KeptEvents final : public EventSink {
 public:
  void emit(Event event) override {
    const std::lock_guard lock(mutex_);
    events_.push_back(std::move(event));
  }
  std::vector<Event> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(events_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<Event> events_;
};

// Every sample of a visit, by family and label text.
class KeptSamples final : public SampleSink {
 public:
  struct Sample {
    std::uint64_t value = 0;  // of a histogram its count
    std::vector<std::uint64_t> buckets;
    double sum = 0;
  };
  void family(const FamilyDesc& desc) override { family_ = desc.name; }
  void samples(std::span<const SampleView> samples) override {
    for (const SampleView& view : samples) {
      Sample& sample = all[family_][std::string(view.labels)];
      if (view.value.type != Value::Type::histogram) {
        sample.value = view.value.integer;
        continue;
      }
      sample.sum = view.value.histogram.sum;
      for (const std::uint64_t count : view.value.histogram.counts) {
        sample.buckets.push_back(count);
        sample.value += count;
      }
    }
  }
  std::map<std::string, std::map<std::string, Sample>> all;

 private:
  std::string family_;
};

// A recorder of the service "shop" with everything it stands on.
class Recording {
 public:
  explicit Recording(const RequestRules& rules = {}) {
    auto created = Recorder::create(
        {.store = store, .events = events, .facts = facts, .clock = clock, .boards = &boards},
        shard, "shop", rules);
    if (created) {
      recorder = std::move(*created);
    } else {
      error = created.error().message;
    }
  }

  // A GET that ended at the clock's present time.
  [[nodiscard]] Request request(std::string_view path, std::int64_t millis,
                                std::uint16_t status = 200) const {
    Request made;
    made.ended = clock.wall();
    made.total = Micros{millis * 1000};
    made.method = Method::get;
    made.status = status;
    made.path = path;
    return made;
  }
  void record(const Request& made) { recorder->on({&made, 1}); }
  void get(std::string_view path, std::int64_t millis = 1, std::uint16_t status = 200) {
    record(request(path, millis, status));
  }

  // The series of a family with their values, of histograms the counts.
  [[nodiscard]] std::map<std::string, std::uint64_t> series(const std::string& family) const {
    KeptSamples samples;
    store.visit(samples);
    std::map<std::string, std::uint64_t> values;
    for (const auto& [labels, sample] : samples.all[family]) values[labels] = sample.value;
    return values;
  }
  [[nodiscard]] KeptSamples::Sample sample(const std::string& family,
                                           const std::string& labels) const {
    KeptSamples samples;
    store.visit(samples);
    return samples.all[family][labels];
  }

  ManualClock clock;
  Store store{clock};
  KeptEvents events;
  Facts facts;
  RequestBoards boards;
  Shard shard = std::move(store.shard().value());
  std::string error;
  std::unique_ptr<Recorder> recorder;  // last: it writes to all the others
};

inline const std::string kServer = "http_server_request_duration_seconds";
inline const std::string kUpstream = "http_client_request_duration_seconds";
inline const std::string kUnmeasured = "wayside_requests_without_latency_total";
inline const std::string kIgnored = "wayside_requests_ignored_total";
inline const std::string kUpstreamUnmeasured = "wayside_upstream_attempts_without_latency_total";

inline std::string server_labels(const std::string& route, int status,
                                 const std::string& method = "GET") {
  return "service_name=\"shop\",http_request_method=\"" + method + "\"" +
         (route.empty() ? "" : ",http_route=\"" + route + "\"") +
         (status == 0 ? "" : ",http_response_status_code=\"" + std::to_string(status) + "\"");
}

}  // namespace wayside
