#include "collectors/processes/proportional_memory.h"

#include "collectors/processes/keyed_lines.h"

namespace wayside {

std::optional<ProportionalMemory> parse_smaps_rollup(std::string_view text) {
  std::optional<std::uint64_t> resident;
  std::optional<std::uint64_t> swapped;
  each_keyed_line(text, [&](std::string_view key, std::string_view rest) {
    if (key == "Pss") resident = kilobytes(rest);
    if (key == "SwapPss") swapped = kilobytes(rest);
  });
  if (!resident) return std::nullopt;
  return ProportionalMemory{*resident, swapped};
}

}  // namespace wayside
