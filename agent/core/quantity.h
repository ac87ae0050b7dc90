#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "agent/core/result.h"
#include "agent/core/time.h"

namespace wayside {

// "250us", "250ms", "10s", "5m", "1h", "1d" and sums such as "1m30s"; decimals as in "1.5s".
// A bare number has no unit and is refused, as is anything negative or over 100 years.
Result<Micros> parse_duration(std::string_view text);

// "512", "64KiB", "64MiB", "2GiB" and decimal "64kB", "64MB", "2GB".
Result<std::uint64_t> parse_size(std::string_view text);

// For people: "250 ms", "3.2 s", "5 m".
std::string show_duration(Micros duration);

}  // namespace wayside
