#include "agent/config/config.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "agent/config/counting.h"
#include "agent/core/labels.h"

namespace wayside {
namespace {

// Labels that samples bring themselves, in all families of ours. A constant label of the same name
// would stand on some families and not on others, and mean another thing on each.
constexpr std::array<std::string_view, 24> kTakenLabels = {
    "cache", "family", "collector", "http_request_method",
    "end",   "format", "groupname", "http_response_status_code",
    "event", "level",  "key_group", "http_route",
    "job",   "probe",  "quantile",  "server_address",
    "le",    "reason", "target",    "server_port",
    "rule",  "source", "version",   "service_name"};

// Larger than any config, small enough to be read without a thought.
constexpr std::uintmax_t kMaxConfigBytes = 1 << 20;

void read_labels(ConfigMap& map, Config& config) {
  config.labels = map.text_by_name("labels");
  for (const auto& [name, value] : config.labels) {
    if (!is_label_name(name)) {
      map.problem("labels", fmt::format("\"{}\" is no label name: letters, digits and "
                                        "underscores, not starting with a digit or two "
                                        "underscores",
                                        name));
    } else if (std::ranges::find(kTakenLabels, name) != kTakenLabels.end()) {
      map.problem("labels",
                  fmt::format("the label \"{}\" is one that samples bring themselves", name));
    }
  }
}

void read_collectors(ConfigMap& map, Config& config) {
  for (const CollectorRow& row : collector_registry()) {
    for (CollectorPlan& plan : row.read(map)) {
      config.origins.insert(config.origins.end(), plan.origins.begin(), plan.origins.end());
      config.collectors.push_back(std::move(plan));
    }
  }
  config.own_requests = map.has("own_endpoint");
  if (config.own_requests) {
    config.origins.push_back({"wayside", {}, map.place("own_endpoint"), std::nullopt});
  }
}

void read_exporters(ConfigMap& map, Config& config) {
  if (auto section = map.map("prometheus")) {
    config.prometheus = read_prometheus_config(*section);
    section->finish();
  }
  if (auto section = map.map("events")) {
    config.events = read_events_config(*section);
    section->finish();
  }
}

void read_top(ConfigMap& map, Config& config) {
  if (auto service = map.text("service")) {
    if (service->empty()) map.problem("service", "a service needs a name");
    config.service = *service;
  }
  read_labels(map, config);
  if (auto section = map.map("log")) {
    config.log = read_log_config(*section);
    section->finish();
  }
  if (auto section = map.map("requests")) {
    config.requests = read_request_rules(*section);
    section->finish();
  }
  if (auto section = map.map("collectors")) {
    read_collectors(*section, config);
    section->finish();
  } else {
    // Some are there without being named.
    ConfigContext nothing;
    read_config("", nothing, [&config](ConfigMap& none) { read_collectors(none, config); });
  }
  if (auto section = map.map("exporters")) {
    read_exporters(*section, config);
    section->finish();
  }
}

// JSON's strings are YAML's double-quoted ones; a dollar is doubled so that it stays one.
std::string quoted(const std::string& text) {
  std::string out;
  for (const char c :
       nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)) {
    out += c;
    if (c == '$') out += c;
  }
  return out;
}

// What runs where there is no file: the agent's own endpoint, and the logs of the command line.
std::string config_without_file(const ConfigSource& source) {
  std::string text;
  if (source.service) text += fmt::format("service: {}\n", quoted(*source.service));
  text += "collectors:\n";
  if (source.access_logs.empty()) text += "  own_endpoint: {}\n";
  if (!source.access_logs.empty()) text += "  access_log:\n";
  // Whoever names several logs by hand means all of them.
  const std::string_view count = source.access_logs.size() > 1 ? ", count: true" : "";
  for (const std::string& path : source.access_logs) {
    text += fmt::format("    - {{path: {}{}}}\n", quoted(path), count);
  }
  return text;
}

ConfigProblems one_problem(const std::string& file, std::string message) {
  return {ConfigProblem{file, 0, 0, std::move(message)}};
}

std::variant<std::string, ConfigProblems> read_file(const std::filesystem::path& path) {
  std::error_code code;
  if (!std::filesystem::is_regular_file(path, code)) {
    return one_problem(path.string(),
                       code ? "cannot be read: " + code.message() : "is not a regular file");
  }
  if (std::filesystem::file_size(path, code) > kMaxConfigBytes) {
    return one_problem(path.string(), "is larger than 1 MiB");
  }
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  if (!stream) return one_problem(path.string(), system_error("cannot be read").message);
  return text.str();
}

}  // namespace

std::string Config::constant_labels() const {
  std::string text;
  for (const auto& [name, value] : labels) append_label(text, name, value);
  return text;
}

std::variant<Config, ConfigProblems> parse_config(std::string_view text, const std::string& name,
                                                  const GetEnv& env) {
  ConfigContext context{.file = name, .env = env, .problems = {}};
  Config config;
  read_config(text, context, [&](ConfigMap& map) {
    read_top(map, config);
    check_counting(config, context);
  });
  if (!context.problems.empty()) return std::move(context.problems);
  return config;
}

std::variant<Config, ConfigProblems> load_config(const ConfigSource& source, const GetEnv& env) {
  std::string text;
  std::string name = "command line";
  if (source.file) {
    auto read = read_file(*source.file);
    if (auto* problems = std::get_if<ConfigProblems>(&read)) return std::move(*problems);
    text = std::get<std::string>(std::move(read));
    name = source.file->string();
  } else {
    text = config_without_file(source);
  }
  auto loaded = parse_config(text, name, env);
  if (auto* config = std::get_if<Config>(&loaded); config != nullptr && source.listen) {
    config->prometheus.listen = *source.listen;
  }
  return loaded;
}

std::string show_problems(const ConfigProblems& problems) {
  std::string out;
  for (const ConfigProblem& problem : problems) out += problem.text() + "\n";
  return out;
}

}  // namespace wayside
