#pragma once

#include <array>
#include <optional>

#include "agent/core/environment.h"
#include "agent/core/facts.h"
#include "agent/system/kernel_file.h"
#include "collectors/host/kernel/cpu_text.h"

namespace wayside {

// The share of the time since the last look that all CPUs together were busy, 0 to 1.
class CpuShare {
 public:
  // Absent at the first look, after a gap of more than three seconds, and where the counters
  // stepped back, as they do when a CPU goes offline. Looks that come within half a second of the
  // last one are too short to tell and give its answer again.
  std::optional<double> take(const CpuTimes& now, SteadyTime at);
  void forget() { before_.reset(); }

 private:
  struct Look {
    CpuTimes times;
    SteadyTime at;
    std::optional<double> share;
  };
  std::optional<Look> before_;
};

// How the host fares at this moment, for whoever tells of an event: puts cpu_share, load1,
// memory_available_bytes, memory_used_share, swap_used_share (where there is swap) and
// pressure_cpu_10s, pressure_memory_10s and pressure_io_10s (shares of the last ten seconds in
// which some task waited) on the board. What cannot be read is withdrawn. One thread at a time.
class HostMoment {
 public:
  // Both outlive it. At its end all is withdrawn.
  HostMoment(const Environment& environment, Facts& facts);
  ~HostMoment();
  HostMoment(const HostMoment&) = delete;
  HostMoment& operator=(const HostMoment&) = delete;

  void look();

 private:
  struct PressureFact {
    KernelFile file;
    FactId fact;
  };
  void put(FactId fact, std::optional<double> value);
  void look_at_cpus();
  void look_at_load();
  void look_at_memory();
  void look_at_pressure(PressureFact& pressure);

  const Clock* clock_;
  Facts& facts_;
  KernelFile stat_;
  KernelFile loadavg_;
  KernelFile meminfo_;
  CpuShare cpu_share_;
  FactId cpu_;
  FactId load_;
  FactId available_;
  FactId memory_used_;
  FactId swap_used_;
  std::array<PressureFact, 3> pressure_;
};

}  // namespace wayside
