#include "collectors/host/kernel/pressure.h"

#include <string>

#include "agent/system/field_text.h"

namespace wayside {
namespace {

constexpr double kMicros = 1e6;

std::optional<double> share_of(std::string_view percent) {
  const auto value = number_in<double>(percent);
  if (!value || !(*value >= 0 && *value <= 100)) return std::nullopt;
  return *value / 100;
}

PressureLine parse_line(std::string_view line) {
  constexpr std::string_view kAvg10 = "avg10=";
  constexpr std::string_view kTotal = "total=";
  PressureLine parsed;
  for (auto word = next_word(line); !word.empty(); word = next_word(line)) {
    if (word.starts_with(kAvg10)) parsed.avg10 = share_of(word.substr(kAvg10.size()));
    if (word.starts_with(kTotal)) {
      parsed.total = number_in<std::uint64_t>(word.substr(kTotal.size()));
    }
  }
  return parsed;
}

void add_total(const std::optional<PressureLine>& line, const char* name, const char* help,
               FamilyList& out) {
  if (!line || !line->total) return;
  add_counter(out, name, help, static_cast<double>(*line->total) / kMicros);
}

}  // namespace

Pressure parse_pressure(std::string_view text) {
  Pressure pressure;
  while (!text.empty()) {
    std::string_view line = next_line(text);
    const std::string_view kind = next_word(line);
    if (kind == "some") pressure.some = parse_line(line);
    if (kind == "full") pressure.full = parse_line(line);
  }
  return pressure;
}

void add_cpu_pressure(std::string_view text, FamilyList& out) {
  add_total(parse_pressure(text).some, "node_pressure_cpu_waiting_seconds_total",
            "Time in which some task waited for a CPU.", out);
}

void add_io_pressure(std::string_view text, FamilyList& out) {
  const Pressure pressure = parse_pressure(text);
  add_total(pressure.some, "node_pressure_io_waiting_seconds_total",
            "Time in which some task waited for a disk.", out);
  add_total(pressure.full, "node_pressure_io_stalled_seconds_total",
            "Time in which all tasks that had work waited for a disk.", out);
}

void add_memory_pressure(std::string_view text, FamilyList& out) {
  const Pressure pressure = parse_pressure(text);
  add_total(pressure.some, "node_pressure_memory_waiting_seconds_total",
            "Time in which some task waited for memory.", out);
  add_total(pressure.full, "node_pressure_memory_stalled_seconds_total",
            "Time in which all tasks that had work waited for memory.", out);
}

}  // namespace wayside
