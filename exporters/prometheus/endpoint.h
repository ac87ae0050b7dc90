#pragma once

#include <prometheus/collectable.h>

#include <functional>
#include <memory>
#include <string>

#include "agent/core/health.h"
#include "agent/core/log.h"
#include "agent/core/request.h"
#include "agent/core/result.h"
#include "agent/core/sample.h"
#include "agent/core/time.h"
#include "agent/requests/boards.h"
#include "exporters/prometheus/config.h"
#include "exporters/prometheus/http/limits.h"

namespace wayside {

// What the endpoint serves and asks. References and pointers outlive the endpoint. Functions are
// called by the endpoint's threads, several at a time, and return soon; one that is empty makes
// its page answer with the obvious (healthy, ready, nothing to reload).
struct EndpointContext {
  const SampleSource& samples;
  // Rendered label text put on every sample (`env="prod"`), asked at every scrape since a reload
  // may change it; see render_labels.
  std::function<std::string()> constant_labels = {};
  std::function<Health()> health = {};
  std::function<bool()> ready = {};
  // One call at a time. It must not destroy the endpoint, which waits for it.
  std::function<Result<void>()> reload = {};
  // Told of every request that was answered, one call at a time; null: nobody.
  RequestSink* own_requests = nullptr;
  // What /api/clients and /api/problems show; null: nothing.
  const RequestBoards* boards = nullptr;
  const Clock& clock;
  Log& log;
};

// The agent's HTTP endpoint: /metrics, /health, /-/healthy, /-/ready, /-/reload, /api/clients,
// /api/problems and /.
//
// Built so that no client can keep a scrape waiting. One thread (the lobby) accepts and collects
// request heads without blocking, so that clients who say nothing or drip bytes cost no worker;
// complete requests go to a few workers; whoever does not read its answer while others wait is
// cut off. One request a connection; every size, count and wait is bounded (see limits.h). With
// TLS the process ignores SIGPIPE.
class HttpEndpoint {
 public:
  // Listens and serves before it returns. An address in use is an error that says so.
  static Result<std::unique_ptr<HttpEndpoint>> start(const PrometheusConfig& config,
                                                     EndpointContext context,
                                                     const HttpLimits& limits = {});
  HttpEndpoint(const HttpEndpoint&) = delete;
  HttpEndpoint& operator=(const HttpEndpoint&) = delete;
  // Cuts all connections and returns as soon as running calls into the context have.
  ~HttpEndpoint();

  // The port it listens on, also where the config said 0.
  [[nodiscard]] int port() const;
  // "http://127.0.0.1:19100", with the actual port, as a person on this host would open it.
  [[nodiscard]] std::string url() const;

  // Whether clients of other hosts reach it and nobody asks who they are.
  [[nodiscard]] bool is_exposed() const;

  // Reads certificates and secrets of a config with the same address, and gives what goes over to
  // them, which cannot fail and keeps the connections there are. To be called, as is the next, by
  // the thread that started the endpoint.
  Result<std::function<void()>> prepare(const PrometheusConfig& config);
  // About once a second: a certificate whose files changed is read anew.
  void tick();

  // Counts of its own: connections by outcome, what was refused and why. Outlives the endpoint.
  // Thread-safe.
  [[nodiscard]] std::shared_ptr<prometheus::Collectable> telemetry() const;

 private:
  struct Impl;
  explicit HttpEndpoint(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace wayside
