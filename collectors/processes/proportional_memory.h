#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace wayside {

// A process' share of memory, with what it shares divided by how many share it: Pss and SwapPss of
// /proc/PID/smaps_rollup (Documentation/filesystems/proc.rst).
struct ProportionalMemory {
  std::uint64_t resident_bytes = 0;
  std::optional<std::uint64_t> swapped_bytes;  // absent before Linux 4.3
};

// Nothing where there is no Pss.
std::optional<ProportionalMemory> parse_smaps_rollup(std::string_view text);

}  // namespace wayside
