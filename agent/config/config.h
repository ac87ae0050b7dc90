#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "agent/collector_registry.h"
#include "agent/core/config_map.h"
#include "agent/log.h"
#include "agent/requests/rules.h"
#include "exporters/events/config.h"
#include "exporters/prometheus/config.h"

namespace wayside {

// A whole configuration, read and found right.
struct Config {
  std::string service = "unknown_service";  // OpenTelemetry's default of service.name
  std::vector<std::pair<std::string, std::string>> labels;
  LogConfig log;
  RequestRules requests;
  std::vector<CollectorPlan> collectors;
  std::vector<RequestOrigin> origins;  // of requests, whoever tells of them
  bool own_requests = false;           // whether the endpoint is observed as the service `wayside`
  PrometheusConfig prometheus;
  EventsConfig events;

  // The constant labels as they stand in every sample: `env="prod"`.
  [[nodiscard]] std::string constant_labels() const;
};

// Where a configuration comes from: a file, or what the command line says instead of one.
struct ConfigSource {
  std::optional<std::filesystem::path> file;
  std::optional<std::string> listen;     // overrides exporters.prometheus.listen
  std::vector<std::string> access_logs;  // without a file: nginx logs to observe
  std::optional<std::string> service;    // without a file: their service
};

using ConfigProblems = std::vector<ConfigProblem>;

// Reads it to the end: a config, or all that is wrong with it.
std::variant<Config, ConfigProblems> load_config(const ConfigSource& source,
                                                 const GetEnv& env = process_env);

// The same from a text; `name` stands for the file in problems.
std::variant<Config, ConfigProblems> parse_config(std::string_view text, const std::string& name,
                                                  const GetEnv& env = process_env);

// One line a problem.
std::string show_problems(const ConfigProblems& problems);

}  // namespace wayside
