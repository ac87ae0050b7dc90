#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "agent/core/collector.h"
#include "agent/core/environment.h"

namespace wayside {

// The agent about itself: its own process, named as Prometheus' client libraries name it
// (https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics), and its version.
// Reads stat, limits and fd under `proc`/self and the boot time in `proc`/stat.
class SelfCollector final : public Poller {
 public:
  // `environment` outlives the collector.
  SelfCollector(const Environment& environment, std::string version);

  // Failed where the process' stat cannot be read; what else is known is yielded all the same.
  Outcome poll(SteadyTime deadline, std::vector<prometheus::MetricFamily>& out) override;

 private:
  using Families = std::vector<prometheus::MetricFamily>;
  Outcome add_stat(Families& out);
  void add_start_time(Families& out, std::uint64_t start_ticks);
  void add_limits(Families& out) const;
  void add_open_files(Families& out) const;

  std::filesystem::path proc_;
  std::string version_;
  // Found out once: the kernel's boot time moves with every correction of the clock.
  std::optional<double> started_;
};

}  // namespace wayside
