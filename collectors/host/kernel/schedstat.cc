#include "collectors/host/kernel/schedstat.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "agent/system/field_text.h"

namespace wayside {
namespace {

constexpr double kNanos = 1e9;

struct CpuSchedule {
  std::uint32_t cpu = 0;
  double running = 0;  // seconds
  double waiting = 0;  // seconds
  double slices = 0;
};

std::optional<CpuSchedule> parse_line(std::string_view line) {
  const std::string_view name = next_word(line);
  if (!name.starts_with("cpu")) return std::nullopt;
  const auto cpu = number_in<std::uint32_t>(name.substr(3));
  if (!cpu) return std::nullopt;
  std::array<double, 9> figures{};
  for (double& figure : figures) {
    const auto number = next_number<std::uint64_t>(line);
    if (!number) return std::nullopt;
    figure = static_cast<double>(*number);
  }
  return CpuSchedule{*cpu, figures[6] / kNanos, figures[7] / kNanos, figures[8]};
}

void add_by_cpu(FamilyList& out, const char* name, const char* help,
                const std::vector<CpuSchedule>& cpus, double CpuSchedule::*figure) {
  auto& family = add_family(out, name, help, prometheus::MetricType::Counter);
  for (const CpuSchedule& cpu : cpus) {
    add_sample(family, cpu.*figure, {{"cpu", std::to_string(cpu.cpu)}});
  }
}

}  // namespace

void add_schedstat(std::string_view text, FamilyList& out) {
  std::vector<CpuSchedule> cpus;
  while (!text.empty()) {
    if (const auto cpu = parse_line(next_line(text))) cpus.push_back(*cpu);
  }
  if (cpus.empty()) return;
  add_by_cpu(out, "node_schedstat_running_seconds_total", "Time that each CPU ran tasks.", cpus,
             &CpuSchedule::running);
  add_by_cpu(out, "node_schedstat_waiting_seconds_total",
             "Time that tasks waited until each CPU took them.", cpus, &CpuSchedule::waiting);
  add_by_cpu(out, "node_schedstat_timeslices_total", "Slices of time that each CPU ran.", cpus,
             &CpuSchedule::slices);
}

}  // namespace wayside
