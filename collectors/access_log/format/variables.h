#pragma once

#include <cstdint>
#include <string_view>

namespace wayside {

// What the value between two literals of a format is read as.
enum class Field : std::uint8_t {
  skip,
  request,         // "GET /path HTTP/1.1": method and target
  request_method,  // of $request, the method alone, where the target stands elsewhere
  request_target,  // of $request, the target alone
  method,
  target,
  host,
  host_target,  // $host$request_uri: the target begins at the first '/'
  host_rest,    // the same, where the target stands elsewhere
  skip_target,  // the same, where the host does
  status,
  bytes,
  total,
  time_local,
  time_iso8601,
  msec,
  client,
  forwarded,  // X-Forwarded-For
  request_id,
  trace_id,
  traceparent,  // W3C: 00-<trace>-<span>-<flags>
  cache_status,
  content_type,
  upstream_address,
  upstream_status,
  upstream_time,
  user_agent,
  who,
  total_millis,     // a duration in milliseconds
  total_micros,     // or microseconds
  time_pattern,     // as the format's TimePattern has it
  client_port,      // "203.0.113.7:52102"
  status_phrase,    // "200 OK"
  proxy_bytes,      // "+2750" while they were still being sent
  proxy_server,     // the one server that was tried, or "backend/server"
  connect_millis,   // until the connection to it stood
  response_millis,  // from there to its answer
  // What may stand in front of a line, or not:
  syslog_prefix,  // "Nov 23 22:31:31 host haproxy[123]: "
  logger_prefix,  // "[2026-11-23 22:31:31 +0000] [123] [INFO] "
  level_prefix    // "INFO:     "
};

// What of a request a variable can tell. Where several variables of a format tell of the same
// part, the one of the highest rank is read and the others are skipped.
enum class Part : std::uint8_t {
  none,
  method,
  target,
  both,  // $request tells of method and target
  host,
  status,
  bytes,
  total,
  time,
  client,
  forwarded,
  request_id,
  trace_id,
  cache_status,
  content_type,
  upstream_address,
  upstream_status,
  upstream_time,
  user_agent,
  connect,
  response
};
inline constexpr std::size_t kParts = 21;

struct Variable {
  std::string_view name;
  Part part = Part::none;
  Field field = Field::skip;
  std::uint8_t rank = 0;
};

// By name without the dollar. An unknown one is told of by a Variable with Part::none.
Variable find_variable(std::string_view name);

}  // namespace wayside
