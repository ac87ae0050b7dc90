#pragma once

#include <string>

#include "agent/core/config_map.h"
#include "agent/core/event_text.h"

namespace wayside {

// The config's `exporters: events`: where the structured log goes and how it looks.
struct EventsConfig {
  using Format = OutputFormat;
  std::string file = "-";  // "-" is stdout; anything else is appended to, created with mode 0640
  Format format = Format::automatic;  // text on a terminal, JSON lines otherwise
};

// Reads the keys `file` and `format` (auto, json, text). Whoever opened the map finishes it.
EventsConfig read_events_config(ConfigMap& map);

}  // namespace wayside
