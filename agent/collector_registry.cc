#include "agent/collector_registry.h"

#include <algorithm>
#include <array>

#include "collectors/access_log/collector.h"
#include "collectors/access_log/config.h"
#include "collectors/host/collector.h"
#include "collectors/host/config.h"
#include "collectors/processes/collector.h"
#include "collectors/processes/config.h"
#include "collectors/self/collector.h"

namespace wayside {
namespace {

// access_log: a list of logs, all read by one thread.
std::vector<CollectorPlan> read_access_log(ConfigMap& collectors) {
  std::vector<AccessLogConfig> entries;
  CollectorPlan plan;
  plan.name = "access_log";
  for (ConfigMap& section : collectors.maps("access_log")) {
    const AccessLogConfig& entry = entries.emplace_back(read_access_log_config(section));
    plan.origins.push_back({entry.service, entry.name(), section.place(), entry.count});
    section.finish();
  }
  if (entries.empty()) return {};
  for (const AccessLogConfig& entry : entries) {
    plan.checks.emplace_back([entry]() -> Result<std::string> {
      std::string report;
      if (auto tried = try_access_log(entry, report); !tried) return tried.error();
      return report;
    });
  }
  plan.streamer = [entries](const CollectorContext& context) -> Result<std::unique_ptr<Streamer>> {
    auto named = entries;
    for (AccessLogConfig& entry : named) {
      if (entry.service.empty()) entry.service = context.service;
    }
    auto made = AccessLogCollector::create(
        std::move(named),
        AccessLogContext{context.store, context.rules, context.events, context.facts,
                         context.environment, context.positions, context.log, &context.known_routes,
                         &context.handover, &context.boards});
    if (!made) return made.error();
    return std::unique_ptr<Streamer>(std::move(made).value());
  };
  return {std::move(plan)};
}

// host: this machine, once.
std::vector<CollectorPlan> read_host(ConfigMap& collectors) {
  auto section = collectors.map("host");
  if (!section) return {};
  const HostConfig config = read_host_config(*section);
  CollectorPlan plan;
  plan.name = "host";
  plan.interval = config.interval;
  plan.sampling = std::chrono::seconds(1);
  plan.poller = [config](const CollectorContext& context) -> Result<std::unique_ptr<Poller>> {
    return std::unique_ptr<Poller>(
        std::make_unique<HostCollector>(HostContext{context.environment, config}, context.facts));
  };
  return {std::move(plan)};
}

// processes: a list of groups, told by one poller, since a process belongs to one of them.
std::vector<CollectorPlan> read_processes(ConfigMap& collectors) {
  std::vector<ProcessGroupConfig> groups;
  for (ConfigMap& section : collectors.maps("processes")) {
    ProcessGroupConfig group = read_process_group_config(section);
    const auto same = [&](const ProcessGroupConfig& other) { return other.name == group.name; };
    if (!group.name.empty() && std::any_of(groups.begin(), groups.end(), same)) {
      section.problem("name", "\"" + group.name + "\" is the name of another entry, too");
    }
    groups.push_back(std::move(group));
  }
  if (groups.empty()) return {};
  CollectorPlan plan;
  plan.name = "processes";
  plan.interval = ProcessesCollector::kInterval;
  plan.sampling = ProcessesCollector::kSampling;
  plan.made_from = identity_of(groups);
  plan.poller = [groups](const CollectorContext& context) -> Result<std::unique_ptr<Poller>> {
    return std::unique_ptr<Poller>(std::make_unique<ProcessesCollector>(
        groups, ProcessesContext{context.environment, context.events, context.facts, context.log}));
  };
  return {std::move(plan)};
}

// self: always there, whether the config names it or not.
std::vector<CollectorPlan> read_self(ConfigMap& collectors) {
  if (auto section = collectors.map("self")) section->finish();
  CollectorPlan plan;
  plan.name = "self";
  plan.interval = std::chrono::seconds(5);
  plan.poller = [](const CollectorContext& context) -> Result<std::unique_ptr<Poller>> {
    return std::unique_ptr<Poller>(
        std::make_unique<SelfCollector>(context.environment, WAYSIDE_VERSION));
  };
  return {std::move(plan)};
}

// own_endpoint: the requests of wayside's own endpoint, told by the HTTP exporter itself; the
// composition looks for the key.
std::vector<CollectorPlan> read_own_endpoint(ConfigMap& collectors) {
  if (auto section = collectors.map("own_endpoint")) section->finish();
  return {};
}

constexpr std::array kRegistry = {
    CollectorRow{"access_log", read_access_log},
    CollectorRow{"host", read_host},
    CollectorRow{"own_endpoint", read_own_endpoint},
    CollectorRow{"processes", read_processes},
    CollectorRow{"self", read_self},
};

}  // namespace

std::span<const CollectorRow> collector_registry() {
  return kRegistry;
}

}  // namespace wayside
