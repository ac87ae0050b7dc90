#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>

#include "agent/core/sample.h"
#include "exporters/prometheus/pages.h"

namespace wayside {

// The `target` of all that belongs to no target.
inline constexpr std::string_view kNoTarget = "_none";

// Takes `collect[]` (as node_exporter has it) and `target` of a query over into the selection;
// each may be given several times. What is wrong, with what there is, where a name is unknown.
std::optional<std::string> select_origins(const Query& query, std::span<const SampleOrigin> origins,
                                          Selection& selection);

// Whether a Host header may be told as the address of a target: a name or an address, a port.
bool is_reachable_at(std::string_view host);

// The answer to Prometheus' HTTP service discovery: the agent itself, and each target that has a
// name as a scrape of its own, with its collector as `job` and its name as `instance`.
// https://prometheus.io/docs/prometheus/latest/http_sd/
nlohmann::ordered_json discovered_targets(std::span<const SampleOrigin> origins,
                                          const Reached& reached);

}  // namespace wayside
