#include "agent/config/counting.h"

#include <fmt/format.h>

#include <map>

#include "agent/core/config_problem.h"

namespace wayside {
namespace {

bool counts(const RequestOrigin& origin) {
  return origin.count.value_or(true);
}

// Whether the config says of both that they have no request in common.
bool are_disjoint(const RequestOrigin& a, const RequestOrigin& b) {
  return a.count == true && b.count == true;
}

std::string named(const RequestOrigin& origin) {
  std::string text = origin.place.path;
  if (!origin.shown.empty()) text += " (" + in_quotes(origin.shown) + ")";
  return text;
}

void refuse(const RequestOrigin& second, const RequestOrigin& first, const std::string& service,
            ConfigContext& context) {
  const ConfigProblem at{context.file, first.place.line, first.place.column, named(first)};
  report(context, {second.place.line, second.place.column},
         fmt::format("{} counts the requests of the service {}, and so does {}; of a service "
                     "exactly one source counts, or its requests count twice. Say `count: false` "
                     "in the one that is only to enrich events, or `count: true` in each where no "
                     "request stands in both",
                     named(second), in_quotes(service), at.text()));
}

}  // namespace

void check_counting(const Config& config, ConfigContext& context) {
  std::map<std::string, const RequestOrigin*> first_of;
  for (const RequestOrigin& origin : config.origins) {
    if (!counts(origin)) continue;
    const std::string& service = origin.service.empty() ? config.service : origin.service;
    const auto [at, is_first] = first_of.emplace(service, &origin);
    if (!is_first && !are_disjoint(*at->second, origin)) {
      refuse(origin, *at->second, service, context);
    }
  }
}

}  // namespace wayside
