#include "collectors/processes/machine_figures.h"

#include <cmath>

#include "agent/system/field_text.h"
#include "agent/system/process_stat.h"
#include "collectors/processes/keyed_lines.h"

namespace wayside {

std::optional<double> parse_uptime(std::string_view text) {
  const auto seconds = next_number<double>(text);
  return seconds && std::isfinite(*seconds) && *seconds >= 0 ? seconds : std::nullopt;
}

std::optional<std::uint64_t> parse_memory_total(std::string_view text) {
  std::optional<std::uint64_t> total;
  each_keyed_line(text, [&](std::string_view key, std::string_view rest) {
    if (key == "MemTotal") total = kilobytes(rest);
  });
  return total;
}

void MachineFigures::refresh() {
  if (!booted_) {
    const auto text = stat_.read();
    if (const auto booted = text ? parse_boot_time(*text) : std::nullopt) {
      booted_ = static_cast<double>(*booted);
    }
  }
  const auto uptime = uptime_.read();
  seconds_ = uptime ? parse_uptime(*uptime) : std::nullopt;
  const auto memory = memory_.read();
  total_ = memory ? parse_memory_total(*memory) : std::nullopt;
}

}  // namespace wayside
