#include "collectors/host/kernel/pressure.h"

#include <optional>

#include "agent/system/pressure_text.h"

namespace wayside {
namespace {

constexpr double kMicros = 1e6;

void add_total(const std::optional<PressureLine>& line, const char* name, const char* help,
               FamilyList& out) {
  if (!line || !line->total) return;
  add_counter(out, name, help, static_cast<double>(*line->total) / kMicros);
}

}  // namespace

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
