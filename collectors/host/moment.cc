#include "collectors/host/moment.h"

#include <chrono>

#include "agent/system/field_text.h"
#include "agent/system/pressure_text.h"
#include "collectors/host/kernel/loadavg.h"
#include "collectors/host/kernel/meminfo.h"

namespace wayside {
namespace {

constexpr auto kLeastApart = std::chrono::milliseconds(500);
constexpr auto kMostApart = std::chrono::seconds(3);

// Guests' time is part of user and nice.
double busy_ticks(const CpuTimes& times) {
  double sum = 0;
  for (const auto mode : {CpuTimes::user, CpuTimes::nice, CpuTimes::system, CpuTimes::irq,
                          CpuTimes::softirq, CpuTimes::steal}) {
    sum += static_cast<double>(times.ticks.at(mode));
  }
  return sum;
}

double idle_ticks(const CpuTimes& times) {
  return static_cast<double>(times.ticks[CpuTimes::idle]) +
         static_cast<double>(times.ticks[CpuTimes::iowait]);
}

std::optional<double> share_between(const CpuTimes& before, const CpuTimes& now) {
  const double busy = busy_ticks(now) - busy_ticks(before);
  const double idle = idle_ticks(now) - idle_ticks(before);
  if (busy < 0 || idle < 0 || busy + idle <= 0) return std::nullopt;
  return busy / (busy + idle);
}

std::optional<double> used_share(std::optional<double> total, std::optional<double> free) {
  if (!total || !free || *total <= 0 || *free > *total) return std::nullopt;
  return 1 - *free / *total;
}

}  // namespace

std::optional<double> CpuShare::take(const CpuTimes& now, SteadyTime at) {
  if (before_ && at - before_->at < kLeastApart) return before_->share;
  std::optional<double> share;
  if (before_ && at - before_->at <= kMostApart) share = share_between(before_->times, now);
  before_ = Look{now, at, share};
  return share;
}

HostMoment::HostMoment(const Environment& environment, Facts& facts)
    : clock_(environment.clock),
      facts_(facts),
      stat_(environment.proc / "stat"),
      loadavg_(environment.proc / "loadavg"),
      meminfo_(environment.proc / "meminfo"),
      cpu_(facts.declare("", "cpu_share")),
      load_(facts.declare("", "load1")),
      available_(facts.declare("", "memory_available_bytes")),
      memory_used_(facts.declare("", "memory_used_share")),
      swap_used_(facts.declare("", "swap_used_share")),
      pressure_{{{KernelFile(environment.proc / "pressure" / "cpu"),
                  facts.declare("", "pressure_cpu_10s")},
                 {KernelFile(environment.proc / "pressure" / "memory"),
                  facts.declare("", "pressure_memory_10s")},
                 {KernelFile(environment.proc / "pressure" / "io"),
                  facts.declare("", "pressure_io_10s")}}} {}

HostMoment::~HostMoment() {
  for (const FactId fact : {cpu_, load_, available_, memory_used_, swap_used_}) {
    facts_.withdraw(fact);
  }
  for (const PressureFact& pressure : pressure_) facts_.withdraw(pressure.fact);
}

void HostMoment::look() {
  look_at_cpus();
  look_at_load();
  look_at_memory();
  for (PressureFact& pressure : pressure_) look_at_pressure(pressure);
}

void HostMoment::put(FactId fact, std::optional<double> value) {
  if (value) {
    facts_.put(fact, *value, clock_->wall());
  } else {
    facts_.withdraw(fact);
  }
}

void HostMoment::look_at_cpus() {
  const auto text = stat_.read();
  const auto times = text ? parse_all_cpus(*text) : std::nullopt;
  if (!times) cpu_share_.forget();
  put(cpu_, times ? cpu_share_.take(*times, clock_->steady()) : std::nullopt);
}

void HostMoment::look_at_load() {
  const auto text = loadavg_.read();
  put(load_, text ? parse_load1(*text) : std::nullopt);
}

void HostMoment::look_at_memory() {
  std::optional<double> total;
  std::optional<double> available;
  std::optional<double> swap;
  std::optional<double> swap_free;
  const auto read = meminfo_.read();
  std::string_view text = read ? *read : std::string_view();
  while (!text.empty()) {
    const auto line = parse_meminfo_line(next_line(text));
    if (!line || !line->bytes) continue;
    const auto bytes = static_cast<double>(line->value);
    if (line->key == "MemTotal") total = bytes;
    if (line->key == "MemAvailable") available = bytes;
    if (line->key == "SwapTotal") swap = bytes;
    if (line->key == "SwapFree") swap_free = bytes;
  }
  put(available_, available);
  put(memory_used_, used_share(total, available));
  put(swap_used_, used_share(swap, swap_free));
}

void HostMoment::look_at_pressure(PressureFact& pressure) {
  const auto text = pressure.file.read();
  const auto some = text ? parse_pressure(*text).some : std::nullopt;
  put(pressure.fact, some ? some->avg10 : std::nullopt);
}

}  // namespace wayside
