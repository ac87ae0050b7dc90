#include "collectors/access_log/config.h"

#include <utility>

#include "collectors/access_log/format/formats.h"

namespace wayside {
namespace {

void read_path(ConfigMap& map, AccessLogConfig& config) {
  if (!map.has("path")) {
    map.require("path");
    return;
  }
  auto path = map.text("path");
  if (!path) return;
  if (path->empty()) {
    map.problem("path", "is empty; it is a file or a glob, as in /var/log/nginx/access*.log");
  } else if (path->back() == '/') {
    map.problem("path", "names a directory; it is a file or a glob, as in " + *path + "*.log");
  } else if (path->find('\0') != std::string::npos) {
    map.problem("path", "holds a zero byte");
  }
  config.path = std::move(*path);
}

// As nginx writes a variable, or as its bare name.
void read_who(ConfigMap& map, AccessLogConfig& config) {
  auto who = map.text("who");
  if (!who) return;
  const std::string_view name = std::string_view(*who).substr(who->starts_with('$') ? 1 : 0);
  if (name.empty()) {
    map.problem("who",
                "is empty; it names a variable of the log_format, as in http_x_tenant, or a "
                "field");
  }
  config.options.who = name;
}

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
  read_path(map, config);
  read_who(map, config);
  read_format(map, config);
  config.service = map.text("service").value_or("");
  if (const auto start = map.choice("start_at", {"end", "beginning"})) {
    config.start_at_beginning = *start == 1;
  }
  config.count = map.boolean("count");
  map.finish();
  return config;
}

}  // namespace wayside
