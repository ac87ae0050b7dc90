#include "collectors/host/kernel/stat.h"

#include <array>
#include <bitset>
#include <cstdint>
#include <string>

#include "agent/system/field_text.h"

namespace wayside {
namespace {

struct StatLine {
  std::string_view key;
  const char* name;
  const char* help;
  prometheus::MetricType type;
};

constexpr std::array<StatLine, 6> kLines = {{
    {"intr", "node_intr_total", "Interrupts served since boot.", prometheus::MetricType::Counter},
    {"ctxt", "node_context_switches_total", "Switches from one task to another since boot.",
     prometheus::MetricType::Counter},
    {"btime", "node_boot_time_seconds", "When the host was booted, in seconds since 1970.",
     prometheus::MetricType::Gauge},
    {"processes", "node_forks_total", "Processes and threads made since boot.",
     prometheus::MetricType::Counter},
    {"procs_running", "node_procs_running", "Tasks that run or could run now.",
     prometheus::MetricType::Gauge},
    {"procs_blocked", "node_procs_blocked", "Tasks that wait for a disk now.",
     prometheus::MetricType::Gauge},
}};

}  // namespace

void add_stat(std::string_view text, FamilyList& out) {
  std::bitset<kLines.size()> seen;
  while (!text.empty()) {
    std::string_view line = next_line(text);
    const std::string_view key = next_word(line);
    for (std::size_t i = 0; i < kLines.size(); ++i) {
      const StatLine& known = kLines.at(i);
      if (key != known.key || seen[i]) continue;
      const auto value = next_number<std::uint64_t>(line);
      if (!value) continue;
      seen[i] = true;
      add_sample(add_family(out, known.name, known.help, known.type), static_cast<double>(*value));
    }
  }
}

}  // namespace wayside
