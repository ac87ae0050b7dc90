#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "exporters/prometheus/endpoint.h"

namespace wayside::test {

// One counter family with as many series as asked for.
class FakeSamples final : public SampleSource {
 public:
  explicit FakeSamples(std::size_t series);
  using SampleSource::visit;
  void visit(const Selection& selection, SampleSink& sink) const override;

 private:
  std::vector<std::string> labels_;  // rendered once, as the store does
};

// A request as it was told, with strings of its own.
struct Told {
  Method method;
  int status;
  std::string path, route, client;
  Micros total;
  std::uint64_t bytes;
};

class FakeRequests final : public RequestSink {
 public:
  void on(std::span<const Request> requests) override;
  [[nodiscard]] std::vector<Told> told() const;

 private:
  mutable std::mutex mutex_;
  std::vector<Told> told_;
};

class KeptLog final : public Log {
 public:
  void write(Level level, std::string_view message) override;
  // "warn: what" of each, a line each.
  [[nodiscard]] std::string lines() const;

 private:
  mutable std::mutex mutex_;
  std::string lines_;
};

// An endpoint on a free port, and everything it asks for, as a test wants it.
struct World {
  explicit World(std::size_t series = 3, const HttpLimits& limits = {},
                 PrometheusConfig config = {.listen = "127.0.0.1:0"});
  ~World() { endpoint.reset(); }
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  [[nodiscard]] int port() const { return endpoint->port(); }
  // Connections that ended this way; "" for any.
  [[nodiscard]] double ended(const std::string& end = "") const {
    return counted("wayside_http_connections_total", end);
  }
  // A counter or gauge of the endpoint's own, where its one label has this value; "" for any.
  [[nodiscard]] double counted(const std::string& family, const std::string& value) const;

  FakeSamples samples;
  FakeRequests requests;
  RequestBoards boards;
  ManualClock clock;
  KeptLog log;
  std::atomic<bool> ready{true};
  std::atomic<int> reloads{0};
  std::atomic<int> reload_ms{0};
  std::mutex mutex;  // guards what follows
  Health health;
  std::string labels;
  std::string reload_error;  // empty: reloads well
  std::unique_ptr<HttpEndpoint> endpoint;

 private:
  Result<void> reload();
};

// Whether `done` came true within some seconds.
bool eventually(const std::function<bool()>& done);

}  // namespace wayside::test
