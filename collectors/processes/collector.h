#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "agent/core/collector.h"
#include "collectors/processes/config.h"
#include "collectors/processes/observers.h"

namespace wayside {

// The processes of services, by group and by worker, named as process-exporter 0.7.10 names
// groups. Reads under the environment's `proc`; docs/processes.md tells what.
class ProcessesCollector final : public Poller {
 public:
  static constexpr std::chrono::milliseconds kInterval{5'000};
  static constexpr std::chrono::milliseconds kSampling{250};
  static constexpr std::chrono::milliseconds kMemberSampling{1'000};

  ProcessesCollector(std::vector<ProcessGroupConfig> groups, const ProcessesContext& context);
  ~ProcessesCollector() override;

  Outcome poll(SteadyTime deadline, FamilyList& out) override;
  void sample() override;
  [[nodiscard]] std::string describe() const override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace wayside
