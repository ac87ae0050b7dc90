#include "exporters/events/config.h"

#include <iterator>
#include <vector>

namespace wayside {

EventsConfig read_events_config(ConfigMap& map) {
  EventsConfig config;
  if (auto file = map.text("file")) {
    if (file->empty()) map.problem("file", R"(a path is wanted, or "-" for stdout)");
    config.file = std::move(*file);
  }
  if (const auto format =
          map.choice("format", {std::begin(kOutputFormats), std::end(kOutputFormats)})) {
    config.format = static_cast<OutputFormat>(*format);
  }
  return config;
}

}  // namespace wayside
