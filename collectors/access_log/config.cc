#include "collectors/access_log/config.h"

#include <utility>

#include "collectors/access_log/format/formats.h"
#include "collectors/access_log/source_config.h"

namespace wayside {
namespace {

void read_format(ConfigMap& map, AccessLogConfig& config) {
  auto format = map.text("format");
  if (!format) return;
  if (*format != "auto") {
    if (auto compiled = named_format(*format, config.options); !compiled) {
      map.problem("format", compiled.error().message);
    }
  }
  config.format = std::move(*format);
}

}  // namespace

AccessLogConfig read_access_log_config(ConfigMap& map) {
  AccessLogConfig config;
  read_source(map, config);
  read_format(map, config);
  config.service = map.text("service").value_or("");
  if (const auto start = map.choice("start_at", {"end", "beginning"})) {
    config.start_at_beginning = *start == 1;
  }
  map.finish();
  return config;
}

}  // namespace wayside
