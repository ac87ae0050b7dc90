#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/collector.h"
#include "agent/core/config_map.h"
#include "agent/core/environment.h"
#include "agent/core/event.h"
#include "agent/core/facts.h"
#include "agent/core/handover.h"
#include "agent/core/log.h"
#include "agent/core/positions.h"
#include "agent/core/result.h"
#include "agent/requests/boards.h"
#include "agent/requests/known_routes.h"
#include "agent/requests/rules.h"
#include "agent/store/store.h"

namespace wayside {

// What a collector is given when it is made. Everything outlives it.
struct CollectorContext {
  std::string service;  // the config's default of the label service_name
  const RequestRules& rules;
  const Environment& environment;
  Store& store;
  EventSink& events;
  Facts& facts;
  Positions& positions;
  KnownRoutes& known_routes;
  Log& log;
  Handover& handover;
  RequestBoards& boards;
};

// What a collector tells requests from. Exactly one source counts the requests of a service; see
// agent/config/counting.h.
struct RequestOrigin {
  std::string service;        // empty: the config's default
  std::string shown;          // for people: its path or address
  ConfigPlace place;          // of its entry
  std::optional<bool> count;  // as the entry says; a source that says nothing counts
};

// One collector as the config wants it. Exactly one of `streamer` and `poller` is set.
struct CollectorPlan {
  std::string name;
  std::function<Result<std::unique_ptr<Streamer>>(const CollectorContext&)> streamer;
  std::function<Result<std::unique_ptr<Poller>>(const CollectorContext&)> poller;
  std::chrono::milliseconds interval{15'000};  // of a poller
  std::chrono::milliseconds sampling{0};       // of a poller's samples in between; 0: none
  std::string target = {};                     // the name of what a poller asks; empty: it has none
  // All that the poller is made from, where it counts itself: over a reload that leaves this as it
  // is, the poller goes on. Empty: it is made anew.
  std::string made_from = {};
  // Tries the target once, for `wayside check`: a line for people, or why it cannot work.
  std::vector<std::function<Result<std::string>()>> checks;
  std::vector<RequestOrigin> origins = {};  // of requests; none: it tells of something else
};

// A row of the table of collectors: the key under `collectors` and how its section is read.
struct CollectorRow {
  std::string_view name;
  std::vector<CollectorPlan> (*read)(ConfigMap& collectors);
};

// Every collector wayside has. A new one is one row here.
std::span<const CollectorRow> collector_registry();

}  // namespace wayside
