#include "collectors/host/kernel/cpu.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "agent/system/field_text.h"
#include "agent/system/kernel_file.h"
#include "agent/system/units.h"
#include "collectors/host/kernel/throttle.h"
#include "collectors/host/reading.h"

namespace wayside {
namespace {

constexpr double kWasOffline = 3.0;  // seconds that the idle time falls by

bool was_offline(const CpuTimes& before, const CpuTimes& now) {
  const std::uint64_t old_idle = before.ticks[CpuTimes::idle];
  const std::uint64_t idle = now.ticks[CpuTimes::idle];
  return old_idle > idle && seconds_in_ticks(old_idle - idle) > kWasOffline;
}

CpuTimes steady(const CpuTimes& before, const CpuTimes& now) {
  const CpuTimes least = was_offline(before, now) ? CpuTimes{} : before;
  CpuTimes most = now;
  for (std::size_t mode = 0; mode < now.known; ++mode) {
    std::uint64_t& ticks = most.ticks.at(mode);
    ticks = now.below_zero[mode] ? least.ticks.at(mode) : std::max(ticks, least.ticks.at(mode));
  }
  return most;
}

struct NamedMode {
  CpuTimes::Mode mode;
  const char* name;
};

void add_modes(prometheus::MetricFamily& family, std::uint32_t cpu, const CpuTimes& times,
               std::span<const NamedMode> modes) {
  for (const NamedMode& mode : modes) {
    if (mode.mode >= times.known || times.below_zero[mode.mode]) continue;
    add_sample(family, seconds_in_ticks(times.ticks.at(mode.mode)),
               {{"cpu", std::to_string(cpu)}, {"mode", mode.name}});
  }
}

constexpr std::array<NamedMode, 8> kModes = {{{CpuTimes::user, "user"},
                                              {CpuTimes::nice, "nice"},
                                              {CpuTimes::system, "system"},
                                              {CpuTimes::idle, "idle"},
                                              {CpuTimes::iowait, "iowait"},
                                              {CpuTimes::irq, "irq"},
                                              {CpuTimes::softirq, "softirq"},
                                              {CpuTimes::steal, "steal"}}};
constexpr std::array<NamedMode, 2> kGuestModes = {
    {{CpuTimes::guest, "user"}, {CpuTimes::guest_nice, "nice"}}};

class CpuPart final : public HostPart {
 public:
  explicit CpuPart(const Environment& environment)
      : file_(environment.proc / "stat"), throttles_(environment.sys) {}

  Outcome read(FamilyList& out) override {
    const auto text = file_.read();
    if (!text) return required(unreadable(file_, text.error()), kEveryLinux);
    const auto cpus = parse_cpus(whole_lines(*text));
    if (cpus.empty()) return not_understood(file_);
    add_cpus(steady_.take(cpus), out);
    throttles_.add(cpus, out);
    return Outcome::ok();
  }

 private:
  KernelFile file_;
  SteadyCpus steady_;
  Throttles throttles_;
};

}  // namespace

const SteadyCpus::Times& SteadyCpus::take(std::span<const CpuLine> cpus) {
  Times now;
  for (const CpuLine& line : cpus) {
    const auto before = times_.find(line.cpu);
    now[line.cpu] = steady(before == times_.end() ? CpuTimes{} : before->second, line.times);
  }
  times_ = std::move(now);
  return times_;
}

void add_cpus(const SteadyCpus::Times& cpus, FamilyList& out) {
  auto& seconds = add_family(out, "node_cpu_seconds_total", "Time that each CPU spent in a mode.",
                             prometheus::MetricType::Counter);
  for (const auto& [cpu, times] : cpus) add_modes(seconds, cpu, times, kModes);
  auto& guest =
      add_family(out, "node_cpu_guest_seconds_total",
                 "Time that each CPU spent in virtual machines, which is part of its user and "
                 "nice time as well.",
                 prometheus::MetricType::Counter);
  for (const auto& [cpu, times] : cpus) add_modes(guest, cpu, times, kGuestModes);
}

std::unique_ptr<HostPart> cpu_part(const HostContext& host) {
  return std::make_unique<CpuPart>(host.environment);
}

}  // namespace wayside
