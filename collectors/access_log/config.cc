#include "collectors/access_log/config.h"

#include <array>
#include <string_view>
#include <utility>

#include "collectors/access_log/format/formats.h"
#include "collectors/access_log/format/json_format.h"
#include "collectors/access_log/format/json_keys.h"
#include "collectors/access_log/source_config.h"

namespace wayside {
namespace {

void read_fields(ConfigMap& map, FormatOptions& options) {
  for (auto& [name, key] : map.text_by_name("fields")) {
    if (json_field_named(name) == JsonField::skip) {
      map.problem("fields", "names `" + name + "`, which is none of " + json_field_names());
    } else if (key.empty()) {
      map.problem("fields", "has no key for `" + name + "`");
    } else {
      options.fields.emplace_back(name, std::move(key));
    }
  }
}

void read_duration_unit(ConfigMap& map, FormatOptions& options) {
  constexpr std::array<std::string_view, 4> kUnits = {"s", "ms", "us", "ns"};
  const auto unit = map.choice("duration_unit", {kUnits.begin(), kUnits.end()});
  if (unit) options.duration_unit = kUnits[*unit];
}

// What only JSON lines have does nothing for any other format.
void check_json_options(ConfigMap& map, const AccessLogConfig& config) {
  if (config.format == "auto" || is_json_name(config.format)) return;
  for (const std::string_view key : {"fields", "duration_unit"}) {
    if (map.has(key)) map.problem(key, "is of JSON lines only, with the format json or auto");
  }
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
  read_source(map, config);
  read_fields(map, config.options);
  read_duration_unit(map, config.options);
  read_who(map, config);
  read_format(map, config);
  check_json_options(map, config);
  config.service = map.text("service").value_or("");
  if (const auto start = map.choice("start_at", {"end", "beginning"})) {
    config.start_at_beginning = *start == 1;
  }
  config.count = map.boolean("count");
  map.finish();
  return config;
}

}  // namespace wayside
