#include "collectors/processes/leaks/mem_available.h"

#include <limits>

#include "agent/system/field_text.h"

namespace wayside {

std::optional<std::uint64_t> parse_mem_available(std::string_view text) {
  constexpr std::uint64_t kKilobyte = 1024;
  while (!text.empty()) {
    std::string_view line = next_line(text);
    if (next_word(line) != "MemAvailable:") continue;
    const auto kilobytes = next_number<std::uint64_t>(line);
    if (!kilobytes || next_word(line) != "kB") return std::nullopt;
    if (*kilobytes > std::numeric_limits<std::uint64_t>::max() / kKilobyte) return std::nullopt;
    return *kilobytes * kKilobyte;
  }
  return std::nullopt;
}

}  // namespace wayside
