#include "collectors/access_log/format/uvicorn_format.h"

#include <utility>

#include "collectors/access_log/format/line_prefix.h"

namespace wayside {
namespace {

Slot slot(std::string_view alias, Variable variable, std::string_view literal) {
  Slot made;
  made.name = alias;
  made.alias = alias;
  made.variable = variable;
  made.literal = literal;
  return made;
}

// As a worker of gunicorn it writes beside gunicorn's own lines.
bool is_no_request(std::string_view line) {
  return has_level_prefix(line) || has_logger_prefix(line);
}

}  // namespace

Result<FormatParts> split_uvicorn_format(std::string_view /*text*/) {
  FormatParts parts;
  parts.text = "uvicorn";
  parts.escaping = Escaping::none;
  parts.prefix = Field::level_prefix;
  parts.coloured = true;
  parts.tells_other = is_no_request;
  parts.slots.push_back(slot("remote_addr", {"", Part::client, Field::client_port, 1}, " - \""));
  // A target may hold quotes, but no space.
  parts.slots.push_back(slot("request_method", {"", Part::method, Field::method, 1}, " "));
  parts.slots.push_back(slot("request_uri", {"", Part::target, Field::target, 1}, " HTTP/"));
  parts.slots.push_back(slot("server_protocol", {}, "\" "));
  parts.slots.push_back(slot("status", {"", Part::status, Field::status_phrase, 1}, ""));
  return parts;
}

}  // namespace wayside
