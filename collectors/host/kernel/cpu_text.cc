#include "collectors/host/kernel/cpu_text.h"

#include <limits>

#include "agent/system/field_text.h"

namespace wayside {
namespace {

constexpr std::size_t kLeastModes = 4;  // of kernels before 2.6
constexpr std::uint64_t kMostTicks = std::numeric_limits<std::int64_t>::max();

// What follows the name in a line.
std::optional<CpuTimes> parse_times(std::string_view line) {
  CpuTimes times;
  for (auto word = next_word(line); !word.empty(); word = next_word(line)) {
    if (times.known == CpuTimes::kModes) break;  // of a kernel to come
    const auto ticks = number_in<std::uint64_t>(word);
    if (!ticks) return std::nullopt;
    times.below_zero[times.known] = *ticks > kMostTicks;
    times.ticks.at(times.known++) = *ticks;
  }
  if (times.known < kLeastModes) return std::nullopt;
  return times;
}

}  // namespace

std::optional<CpuTimes> parse_all_cpus(std::string_view text) {
  std::string_view line = next_line(text);
  if (next_word(line) != "cpu") return std::nullopt;
  auto times = parse_times(line);
  if (times && times->below_zero.any()) return std::nullopt;
  return times;
}

std::vector<CpuLine> parse_cpus(std::string_view text) {
  std::vector<CpuLine> cpus;
  while (text.starts_with("cpu")) {
    std::string_view line = next_line(text);
    const auto cpu = number_in<std::uint32_t>(next_word(line).substr(3));
    if (!cpu || (!cpus.empty() && *cpu <= cpus.back().cpu)) continue;
    if (const auto times = parse_times(line)) cpus.push_back({*cpu, *times});
  }
  return cpus;
}

}  // namespace wayside
