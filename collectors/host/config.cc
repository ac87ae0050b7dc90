#include "collectors/host/config.h"

#include <algorithm>

#include "collectors/host/parts.h"

namespace wayside {
namespace {

constexpr Micros kLeastInterval = std::chrono::seconds(1);
constexpr Micros kMostInterval = std::chrono::hours(1);

void read_interval(ConfigMap& map, HostConfig& config) {
  const auto interval = map.duration("interval");
  if (!interval) return;
  if (*interval < kLeastInterval || *interval > kMostInterval) {
    map.problem("interval", "is not between 1s and 1h");
    return;
  }
  config.interval = std::chrono::duration_cast<std::chrono::milliseconds>(*interval);
}

void read_without(ConfigMap& map, HostConfig& config) {
  for (std::string& name : map.texts("without")) {
    const auto parts = host_parts();
    if (std::ranges::find(parts, name, &HostPartRow::name) == parts.end()) {
      map.problem("without", "names `" + name + "`, which is none of " + host_part_names());
    } else {
      config.without.insert(std::move(name));
    }
  }
}

}  // namespace

HostConfig read_host_config(ConfigMap& map) {
  HostConfig config;
  read_interval(map, config);
  read_without(map, config);
  map.finish();
  return config;
}

}  // namespace wayside
