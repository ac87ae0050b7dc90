#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "agent/core/time.h"
#include "collectors/access_log/format/json_slots.h"

namespace wayside {

// Values as loggers write them in JSON, as numbers or in strings; each reads the whole text,
// without escapes, or nothing.

// "12.3" in `unit` (unknown: nothing is read), or with units of its own as in "12ms", "1.2 s",
// "850µs", "1m2.5s". Never negative, nor over 10^8 seconds.
std::optional<Micros> parse_json_duration(std::string_view text, DurationUnit unit);

// What a value tells of a time.
struct JsonTime {
  bool readable = true;  // false: it is none
  WallTime time = kNoTime;
};

// Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size, and the
// texts of time_text.h. A date and a time without an offset are somebody's local time: not stated.
JsonTime parse_json_time(std::string_view text);

// "10.0.0.1:8080" and "[::1]:8080" without the port.
std::string_view without_port(std::string_view address);

// The trace of a W3C traceparent, "00-<32 hex>-<16 hex>-<2 hex>"; empty where it is none.
std::string_view trace_of(std::string_view traceparent);

}  // namespace wayside
