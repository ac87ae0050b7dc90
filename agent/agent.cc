#include "agent/agent.h"

#include <fmt/format.h>

#include "agent/own_memory.h"

namespace wayside {

Agent::Agent(const Environment& environment, AgentLog& log, std::function<Result<void>()> reload)
    : environment_(environment),
      log_(log),
      ask_reload_(std::move(reload)),
      started_(environment.clock->steady()),
      store_(*environment.clock),
      exposition_(store_) {}

Agent::~Agent() {
  // The endpoint first: its threads ask all the rest.
  retired_.reset();
  endpoint_.reset();
  stop_collectors();
}

Result<std::unique_ptr<Agent>> Agent::start(Config config, const Environment& environment,
                                            AgentLog& log, std::function<Result<void>()> reload) {
  std::unique_ptr<Agent> agent(new Agent(environment, log, std::move(reload)));
  if (auto opened = agent->open(std::move(config)); !opened) return opened.error();
  return agent;
}

Result<void> Agent::open(Config config) {
  auto events = EventLog::open(config.events, log_);
  if (!events) return events.error().in("exporters.events");
  events_ = std::move(events).value();
  exposition_.add(events_->telemetry());
  exposition_.add(collector_health_.telemetry());
  exposition_.add(reloads_.telemetry());

  auto shared = std::make_shared<const Config>(std::move(config));
  config_ = shared;
  auto endpoint = make_endpoint(shared->prometheus);
  if (!endpoint) return endpoint.error();
  adopt_endpoint(std::move(endpoint).value());
  if (auto started = start_collectors(shared); !started) return started;
  reloads_.succeeded(environment_.clock->wall());
  return {};
}

Result<std::unique_ptr<HttpEndpoint>> Agent::make_endpoint(const PrometheusConfig& config) {
  return HttpEndpoint::start(config, EndpointContext{
                                         .samples = exposition_,
                                         .constant_labels =
                                             [this] {
                                               const std::lock_guard lock(mutex_);
                                               return config_->constant_labels();
                                             },
                                         .health = [this] { return health(); },
                                         .ready = [this] { return ready(); },
                                         .reload = ask_reload_,
                                         .own_requests = &own_requests_,
                                         .boards = &boards_,
                                         .clock = *environment_.clock,
                                         .log = log_,
                                     });
}

// Gets everything ready that could fail, and gives what goes over to it. Certificates and secrets
// are read anew at every reload; another endpoint takes another address.
Result<std::function<void()>> Agent::next_endpoint(const PrometheusConfig& config) {
  if (config.listen == config_->prometheus.listen) return endpoint_->prepare(config);
  auto made = make_endpoint(config);
  if (!made) return made.error();
  std::shared_ptr<HttpEndpoint> holder = std::move(made).value();
  return std::function<void()>([this, holder]() mutable { adopt_endpoint(std::move(holder)); });
}

void Agent::adopt_endpoint(std::shared_ptr<HttpEndpoint> endpoint) {
  if (endpoint_) exposition_.remove(endpoint_->telemetry());
  retired_ = std::exchange(endpoint_, std::move(endpoint));
  exposition_.add(endpoint_->telemetry());
}

CollectorContext Agent::collector_context(const Config& config) {
  return {config.service, config.requests, environment_, store_,    *events_, facts_,
          positions_,     known_routes_,   log_,         handover_, boards_};
}

// Leaves no collector running where one of them could not be started.
Result<void> Agent::start_collectors(const std::shared_ptr<const Config>& config) {
  if (config->own_requests) {
    const RecorderContext context{.store = store_,
                                  .events = *events_,
                                  .facts = facts_,
                                  .clock = *environment_.clock,
                                  .collector = "own_endpoint",
                                  .boards = &boards_};
    if (auto own = own_requests_.start(context, config->requests); !own) return own;
  }
  auto pipeline = Pipeline::start(config->collectors, collector_context(*config), exposition_,
                                  collector_health_, kept_);
  if (!pipeline) {
    own_requests_.stop();
    return pipeline.error();
  }
  handover_.clear();
  kept_.clear();
  const std::lock_guard lock(mutex_);
  pipeline_ = std::move(pipeline).value();
  config_ = config;
  return {};
}

void Agent::stop_collectors() {
  own_requests_.stop();
  std::unique_ptr<Pipeline> pipeline;
  {
    const std::lock_guard lock(mutex_);
    pipeline = std::move(pipeline_);
  }
  if (pipeline) kept_ = pipeline->release_pollers();
}

Result<void> Agent::reload(Config config) {
  auto next = std::make_shared<const Config>(std::move(config));
  auto endpoint = next_endpoint(next->prometheus);
  if (!endpoint) return endpoint.error();
  if (auto reopened = events_->reopen(next->events); !reopened) {
    return reopened.error().in("exporters.events");
  }
  if (auto reopened = log_.reopen(next->log); !reopened) {
    (void)events_->reopen(config_->events);
    return reopened;
  }
  if (auto swapped = swap_collectors(next); !swapped) return swapped;
  (*endpoint)();
  reloads_.succeeded(environment_.clock->wall());
  return {};
}

// The collectors of the next config in the place of the present ones, or the present ones again.
Result<void> Agent::swap_collectors(const std::shared_ptr<const Config>& next) {
  const std::shared_ptr<const Config> present = config_;
  stop_collectors();
  // Other constant labels make every series another one, which must not begin with old counts.
  if (next->labels != present->labels) {
    store_.clear();
    kept_.clear();
  }
  auto started = start_collectors(next);
  if (started) return started;
  (void)events_->reopen(present->events);
  (void)log_.reopen(present->log);
  if (auto again = start_collectors(present); !again) {
    log_.write(Level::error, fmt::format("the collectors of the config before could not be "
                                         "started again: {}",
                                         again.error().message));
  }
  return started;
}

void Agent::reload_failed() {
  reloads_.failed();
}

void Agent::tick() {
  retired_.reset();
  own_requests_.tick();
  endpoint_->tick();
  const std::lock_guard lock(mutex_);
  if (pipeline_) pipeline_->report_health(*environment_.clock);
}

std::vector<std::string> Agent::describe() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> lines;
  if (config_->own_requests) lines.emplace_back("its own endpoint, as the service \"wayside\"");
  if (pipeline_) {
    for (std::string& line : pipeline_->describe()) lines.push_back(std::move(line));
  }
  return lines;
}

Health Agent::health() const {
  Health health;
  health.uptime = std::chrono::duration_cast<Micros>(environment_.clock->steady() - started_);
  health.rss_bytes = own_resident_bytes(environment_);
  health.status = Health::judge(health.services);
  return health;
}

bool Agent::ready() const {
  const std::lock_guard lock(mutex_);
  return pipeline_ != nullptr && pipeline_->ready();
}

}  // namespace wayside
