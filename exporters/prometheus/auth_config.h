#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "agent/core/config_map.h"

namespace wayside {

// The config's `exporters.prometheus.auth`: who is let in. Holds secrets.
struct AuthConfig {
  std::vector<std::pair<std::string, std::string>> users = {};  // name, bcrypt hash of the password
  std::vector<std::string> bearer_tokens = {};
  std::vector<std::string> open_paths = {};  // that ask nobody
  friend bool operator==(const AuthConfig&, const AuthConfig&) = default;
};

// Reads it, with every problem reported. Whoever opened the map finishes it.
AuthConfig read_auth_config(ConfigMap& map);

}  // namespace wayside
