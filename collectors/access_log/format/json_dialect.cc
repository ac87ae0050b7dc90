#include "collectors/access_log/format/json_dialect.h"

#include <array>

namespace wayside {
namespace {

struct Row {
  JsonDialect dialect;
  JsonMarks all;  // a line that has these is of the dialect
};

// The first that fits.
constexpr std::array kRows = {
    Row{JsonDialect::traefik, json_mark::kTraefik},
    Row{JsonDialect::caddy, json_mark::kCaddy},
    Row{JsonDialect::envoy, json_mark::kEnvoy},
    Row{JsonDialect::bunyan, json_mark::kNode | json_mark::kVersion},
    Row{JsonDialect::pino, json_mark::kNode},
    Row{JsonDialect::nginx, json_mark::kNginx},
    Row{JsonDialect::apache, json_mark::kApache},
    Row{JsonDialect::winston, json_mark::kCamelStatus | json_mark::kMessage},
    Row{JsonDialect::python, json_mark::kSnakeStatus},
    Row{JsonDialect::morgan, json_mark::kResponseTime},
};

struct Name {
  std::string_view name;
  std::string_view shown;
};

// By dialect.
constexpr std::array<Name, kJsonDialects> kNames = {{{"", ""},
                                                     {"traefik", "Traefik writes them"},
                                                     {"caddy", "Caddy writes them"},
                                                     {"envoy", "Envoy writes them"},
                                                     {"bunyan", "bunyan writes them"},
                                                     {"pino", "pino writes them"},
                                                     {"nginx", "nginx writes them"},
                                                     {"apache", "Apache writes them"},
                                                     {"winston", "winston writes them"},
                                                     {"morgan", "morgan writes them"},
                                                     {"python", "Python's loggers write them"}}};

}  // namespace

JsonDialect dialect_of(JsonMarks marks) {
  for (const Row& row : kRows) {
    if ((marks & row.all) == row.all) return row.dialect;
  }
  return JsonDialect::other;
}

std::string_view to_string(JsonDialect dialect) {
  return kNames[static_cast<std::size_t>(dialect)].name;
}

JsonDialect dialect_named(std::string_view name) {
  for (std::size_t i = 1; i < kJsonDialects; ++i) {
    if (kNames[i].name == name) return static_cast<JsonDialect>(i);
  }
  return JsonDialect::other;
}

std::string_view shown_writer(JsonDialect dialect) {
  return kNames[static_cast<std::size_t>(dialect)].shown;
}

DurationUnit unit_of(JsonDialect dialect) {
  switch (dialect) {
    case JsonDialect::traefik:
      return DurationUnit::ns;
    case JsonDialect::caddy:
    case JsonDialect::nginx:
    case JsonDialect::python:
      return DurationUnit::s;
    default:
      return DurationUnit::ms;
  }
}

}  // namespace wayside
