#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace wayside {

// `MemAvailable` of /proc/meminfo (proc(5)) in bytes: what programs can still take before the
// machine swaps. Nothing where the line is not there or reads otherwise.
std::optional<std::uint64_t> parse_mem_available(std::string_view text);

}  // namespace wayside
