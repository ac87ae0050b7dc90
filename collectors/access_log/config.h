#pragma once

#include <optional>
#include <string>
#include <vector>

#include "agent/core/config_map.h"
#include "collectors/access_log/format/options.h"
#include "collectors/access_log/source/wrapper.h"

namespace wayside {

// One entry of the config's `collectors.access_log`: where the lines come from, how they are
// written, and whose requests they tell of. Exactly one of path, listen and journal is there.
struct AccessLogConfig {
  std::string path;  // a path or a glob, as in /var/log/nginx/access*.log; "-": standard input
  std::string listen = {};                // where syslog comes to, see ListenPoint
  std::vector<std::string> journal = {};  // units whose entries are read, with their kind
  std::string journal_dir = {};           // of stored journals; empty: this host's
  Wrapper wrapper = Wrapper::automatic;   // of a path's lines
  std::string format = "auto";            // auto, a name of formats.h, or a format given verbatim
  FormatOptions options = {};
  std::string service;              // empty: the top level's, which the composition fills in
  bool start_at_beginning = false;  // of what is there at the first start
  // Whether its requests are counted, where the entry says so: those that are not enrich the
  // events of the service's source that counts.
  std::optional<bool> count = std::nullopt;

  // What it is called in labels and messages: the path, "udp://…" or "journal:nginx.service".
  [[nodiscard]] std::string name() const;
};

// Reads one entry, with each of its problems reported at the key it stands at.
AccessLogConfig read_access_log_config(ConfigMap& map);

}  // namespace wayside
