#include "agent/requests/rules.h"

#include <fmt/format.h>

#include <cmath>

#include "agent/requests/ignore_rule.h"
#include "agent/requests/redaction.h"
#include "agent/requests/route_style.h"
#include "agent/store/buckets.h"

namespace wayside {
namespace {

constexpr double kMaxBound = 86'400;  // a day

// What is wrong with bucket bounds, or empty.
std::string fault_of(const std::vector<double>& bounds) {
  if (bounds.empty()) return "buckets needs at least one bound";
  if (bounds.size() > Buckets::kMaxBounds) {
    return fmt::format("buckets has {} bounds, at most {} are possible", bounds.size(),
                       Buckets::kMaxBounds);
  }
  for (std::size_t i = 0; i < bounds.size(); ++i) {
    if (!std::isfinite(bounds[i])) {
      return "a bound of buckets is no finite number; the last bucket, +Inf, is always there";
    }
    if (bounds[i] < 1e-6 || bounds[i] > kMaxBound) {
      return fmt::format("the bound {} of buckets is not between 0.000001 and {} seconds",
                         bounds[i], kMaxBound);
    }
    if (i > 0 && std::llround(bounds[i] * 1e6) <= std::llround(bounds[i - 1] * 1e6)) {
      return fmt::format("buckets must ascend by at least a microsecond: {} comes after {}",
                         bounds[i], bounds[i - 1]);
    }
  }
  return {};
}

std::string route_fault(const std::string& route) {
  if (route.empty() || route.front() != '/') {
    return fmt::format("the route \"{}\" does not start with /", route);
  }
  if (route.find_first_of("?#") != std::string::npos && styled_template(route) != route) {
    return fmt::format("the route \"{}\" has a query or a fragment, which no route has", route);
  }
  return {};
}

void read_thresholds(ConfigMap& map, RequestRules& rules) {
  const auto check = [&map](const char* key, const std::string& what, Micros slow_after) {
    if (slow_after <= Micros{0}) map.problem(key, what + " must be longer than zero");
  };
  if (const auto slow_after = map.duration("slow_after")) {
    check("slow_after", "slow_after", *slow_after);
    rules.slow_after = *slow_after;
  }
  rules.slow_after_by_route = map.duration_by_name("slow_after_by_route");
  for (const auto& [route, slow_after] : rules.slow_after_by_route) {
    const std::string fault = route_fault(route);
    if (!fault.empty()) map.problem("slow_after_by_route", fault);
    check("slow_after_by_route", "slow_after of " + route, slow_after);
  }
}

void read_buckets(ConfigMap& map, RequestRules& rules) {
  const auto bounds = map.numbers("buckets");
  if (!bounds) return;
  const std::string fault = fault_of(*bounds);
  if (fault.empty()) {
    rules.buckets = *bounds;
  } else {
    map.problem("buckets", fault);
  }
}

void read_patterns(ConfigMap& map, RequestRules& rules) {
  rules.routes = map.texts("routes");
  for (const std::string& route : rules.routes) {
    const std::string fault = route_fault(route);
    if (!fault.empty()) map.problem("routes", fault);
  }
  rules.ignore = map.texts("ignore");
  for (const std::string& pattern : rules.ignore) {
    if (pattern == kIgnoreHealth || pattern == kIgnoreStatic) continue;
    if (pattern.empty() || (pattern.front() != '/' && pattern.front() != '*')) {
      map.problem("ignore", fmt::format("the path \"{}\" starts with neither / nor *, nor is it "
                                        "one of the words health and static",
                                        pattern));
    }
  }
  rules.ignore_bots = map.boolean("ignore_bots").value_or(false);
  rules.redact = map.texts("redact");
  for (const std::string& pattern : rules.redact) {
    const std::string fault = pattern_fault(pattern);
    if (!fault.empty()) map.problem("redact", fault);
  }
}

}  // namespace

RequestRules read_request_rules(ConfigMap& map) {
  RequestRules rules;
  read_thresholds(map, rules);
  read_buckets(map, rules);
  read_patterns(map, rules);
  if (const auto latency = map.choice("latency", {"request", "upstream"})) {
    rules.latency =
        *latency == 0 ? RequestRules::Latency::request : RequestRules::Latency::upstream;
  }
  if (auto who = map.map("who")) {
    rules.anonymize_who = who->boolean("anonymize").value_or(false);
    who->finish();
  }
  if (const auto show = map.boolean("show_query")) rules.show_query = *show;
  rules.native_histograms = map.boolean("native_histograms").value_or(true);
  if (const auto most = map.integer("max_series", 10, 1'000'000)) {
    rules.max_series = static_cast<std::uint32_t>(*most);
  }
  return rules;
}

}  // namespace wayside
