#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "collectors/access_log/format/json_slots.h"

namespace wayside {

// Who writes JSON lines, each with units and habits of its own. Told line by line, by the keys
// that stand in it.
enum class JsonDialect : std::uint8_t {
  other,
  traefik,
  caddy,
  envoy,
  bunyan,
  pino,
  nginx,
  apache,
  winston,
  morgan,
  python
};
inline constexpr std::size_t kJsonDialects = 11;

// Keys that only some write.
namespace json_mark {
inline constexpr JsonMarks kTraefik = 1U << 0U;        // DownstreamStatus
inline constexpr JsonMarks kCaddy = 1U << 1U;          // uri in an object `request`
inline constexpr JsonMarks kEnvoy = 1U << 2U;          // response_code
inline constexpr JsonMarks kNode = 1U << 3U;           // the objects `req` and `res`
inline constexpr JsonMarks kVersion = 1U << 4U;        // v, bunyan's record version
inline constexpr JsonMarks kNginx = 1U << 5U;          // names of nginx's variables
inline constexpr JsonMarks kApache = 1U << 6U;         // names from Apache's manual and its readers
inline constexpr JsonMarks kCamelStatus = 1U << 7U;    // statusCode
inline constexpr JsonMarks kSnakeStatus = 1U << 8U;    // status_code
inline constexpr JsonMarks kMessage = 1U << 9U;        // message
inline constexpr JsonMarks kResponseTime = 1U << 10U;  // response-time and its like
inline constexpr JsonMarks kError = 1U << 11U;         // what went wrong, in an object `err`
inline constexpr JsonMarks kErrorId = 1U << 12U;       // err_id, of Caddy's log of errors
}  // namespace json_mark

JsonDialect dialect_of(JsonMarks marks);

// As a config names it: "pino"; empty for any other.
std::string_view to_string(JsonDialect dialect);
JsonDialect dialect_named(std::string_view name);
// For people: "pino writes them"; empty for any other.
std::string_view shown_writer(JsonDialect dialect);

// The unit of a bare duration whose key does not tell it.
DurationUnit unit_of(JsonDialect dialect);

}  // namespace wayside
