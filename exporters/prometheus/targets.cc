#include "exporters/prometheus/targets.h"

#include <nlohmann/json.hpp>
#include <set>
#include <utility>
#include <vector>

namespace wayside {
namespace {

using nlohmann::ordered_json;
using Names = std::set<std::string>;

std::string list_of(const Names& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

// The values of a parameter, where each is one of the names; else what is wrong.
std::optional<std::string> take(const Query& query, const std::string& key, const char* what,
                                const Names& names, std::vector<std::string>& to) {
  const auto [begin, end] = query.equal_range(key);
  for (auto given = begin; given != end; ++given) {
    if (!names.contains(given->second)) {
      return "no such " + std::string(what) + "; there are: " + list_of(names) + "\n";
    }
    to.push_back(given->second);
  }
  return std::nullopt;
}

ordered_json entry(const Reached& reached, const SampleOrigin* of, bool several) {
  ordered_json labels = ordered_json::object();
  if (reached.tls) labels["__scheme__"] = "https";
  if (several) labels["__param_target"] = of == nullptr ? std::string(kNoTarget) : of->target;
  if (of != nullptr) {
    labels["job"] = of->collector;
    labels["instance"] = of->target;
  }
  return {{"targets", {reached.host}}, {"labels", std::move(labels)}};
}

}  // namespace

std::optional<std::string> select_origins(const Query& query, std::span<const SampleOrigin> origins,
                                          Selection& selection) {
  Names collectors;
  Names targets = {std::string(kNoTarget)};
  for (const auto& [collector, target] : origins) {
    collectors.insert(collector);
    if (!target.empty()) targets.insert(target);
  }
  if (auto wrong = take(query, "collect[]", "collector", collectors, selection.collectors)) {
    return wrong;
  }
  auto wrong = take(query, "target", "target", targets, selection.targets);
  for (std::string& target : selection.targets) {
    if (target == kNoTarget) target.clear();
  }
  return wrong;
}

bool is_reachable_at(std::string_view host) {
  const auto parsed = parse_listen(host);
  if (parsed) return !parsed->host.empty() && parsed->port != 0;
  // Without a port it is the scheme's own.
  const auto with_port = parse_listen(std::string(host) + ":1");
  return with_port && !with_port->host.empty();
}

ordered_json discovered_targets(std::span<const SampleOrigin> origins, const Reached& reached) {
  bool several = false;
  for (const SampleOrigin& origin : origins) several = several || !origin.target.empty();
  ordered_json all = ordered_json::array({entry(reached, nullptr, several)});
  for (const SampleOrigin& origin : origins) {
    if (!origin.target.empty()) all.push_back(entry(reached, &origin, several));
  }
  return all;
}

}  // namespace wayside
