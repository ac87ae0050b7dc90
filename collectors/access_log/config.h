#pragma once

#include <optional>
#include <string>

#include "agent/core/config_map.h"
#include "collectors/access_log/format/options.h"

namespace wayside {

// One entry of the config's `collectors.access_log`: which files, how they are written, and whose
// requests they tell of.
struct AccessLogConfig {
  std::string path;             // a path or a glob, as in /var/log/nginx/access*.log
  std::string format = "auto";  // auto, common, combined, or an nginx log_format given verbatim
  FormatOptions options = {};
  std::string service;              // empty: the top level's, which the composition fills in
  bool start_at_beginning = false;  // of files that are there at the first start
  // Whether its requests are counted, where the entry says so: those that are not enrich the
  // events of the service's source that counts.
  std::optional<bool> count = std::nullopt;
};

// Reads one entry, with each of its problems reported at the key it stands at.
AccessLogConfig read_access_log_config(ConfigMap& map);

}  // namespace wayside
