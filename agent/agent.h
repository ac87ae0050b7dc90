#pragma once

#include <prometheus/registry.h>

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "agent/config/config.h"
#include "agent/core/facts.h"
#include "agent/core/handover.h"
#include "agent/core/health.h"
#include "agent/core/positions.h"
#include "agent/own_requests.h"
#include "agent/pipeline.h"
#include "agent/reload_telemetry.h"
#include "agent/store/exposition.h"
#include "agent/store/store.h"
#include "exporters/events/event_log.h"
#include "exporters/prometheus/endpoint.h"

namespace wayside {

// The whole agent: what lasts from start to end (store, facts, positions, the event log), the
// endpoint, and the pipeline of the present config. Made, reloaded, ticked and destroyed by one
// thread; the endpoint's threads ask it in between.
class Agent {
 public:
  // `reload` is what POST /-/reload does: it asks the main loop, which calls Agent::reload.
  // Environment and log outlive the agent.
  static Result<std::unique_ptr<Agent>> start(Config config, const Environment& environment,
                                              AgentLog& log, std::function<Result<void>()> reload);
  ~Agent();

  // Goes over to another config, or stays wholly with the present one and says why. Counters,
  // read positions and, where the address is the same, the endpoint live on.
  Result<void> reload(Config config);
  // Tells of a config that could not even be read.
  void reload_failed();

  void tick();  // about once a second

  [[nodiscard]] std::string url() const { return endpoint_->url(); }
  [[nodiscard]] bool is_exposed() const { return endpoint_->is_exposed(); }
  [[nodiscard]] std::vector<std::string> describe() const;

 private:
  Agent(const Environment& environment, AgentLog& log, std::function<Result<void>()> reload);
  Result<void> open(Config config);
  Result<std::unique_ptr<HttpEndpoint>> make_endpoint(const PrometheusConfig& config);
  Result<void> start_collectors(const std::shared_ptr<const Config>& config);
  void stop_collectors();
  Result<void> swap_collectors(const std::shared_ptr<const Config>& next);
  Result<std::function<void()>> next_endpoint(const PrometheusConfig& config);
  void adopt_endpoint(std::shared_ptr<HttpEndpoint> endpoint);
  [[nodiscard]] CollectorContext collector_context(const Config& config);
  [[nodiscard]] Health health() const;
  [[nodiscard]] bool ready() const;

  const Environment& environment_;
  AgentLog& log_;
  std::function<Result<void>()> ask_reload_;
  const SteadyTime started_;

  Store store_;
  Exposition exposition_;
  Facts facts_;
  Positions positions_;
  Handover handover_;
  KnownRoutes known_routes_;
  RequestBoards boards_;
  CollectorHealth collector_health_;
  ReloadTelemetry reloads_;
  std::unique_ptr<EventLog> events_;
  OwnRequests own_requests_;
  KeptPollers kept_;  // between two pipelines

  mutable std::mutex mutex_;  // guards the two below against the endpoint's threads
  std::shared_ptr<const Config> config_;
  std::unique_ptr<Pipeline> pipeline_;

  std::shared_ptr<HttpEndpoint> endpoint_;
  std::shared_ptr<HttpEndpoint> retired_;  // of the config before, until it has answered
};

}  // namespace wayside
