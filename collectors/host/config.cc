#include "collectors/host/config.h"

#include <algorithm>
#include <utility>

#include "collectors/host/ignore_pattern.h"
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

void read_pattern(ConfigMap& map, std::string_view key, std::string& pattern) {
  auto text = map.text(key);
  if (!text) return;
  const std::string fault = IgnorePattern(*text).fault();
  if (!fault.empty()) map.problem(key, "is no pattern: " + fault);
  pattern = *std::move(text);
}

}  // namespace

HostConfig read_host_config(ConfigMap& map) {
  HostConfig config;
  read_interval(map, config);
  read_without(map, config);
  read_pattern(map, "filesystems_ignore", config.filesystems_ignore);
  read_pattern(map, "devices_ignore", config.devices_ignore);
  read_pattern(map, "mount_points_ignore", config.mount_points_ignore);
  map.finish();
  return config;
}

}  // namespace wayside
