#pragma once

#include <chrono>
#include <set>
#include <string>

#include "agent/core/config_map.h"

namespace wayside {

// The section `host` of a config.
struct HostConfig {
  std::chrono::milliseconds interval{5'000};   // between two polls
  std::set<std::string, std::less<>> without;  // names of parts that are not read
};

// Reads and checks the section; problems go to the map's context. Names of parts are those of
// parts.h.
HostConfig read_host_config(ConfigMap& map);

}  // namespace wayside
