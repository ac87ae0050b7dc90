#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "collectors/host/moment.h"
#include "collectors/host/part.h"

namespace wayside {

// The host as prometheus-node-exporter 1.5.0 tells of it: the same names, labels and types, by
// parts that each may be missing on a host (docs/host.md).
class HostCollector final : public Poller {
 public:
  // The environment and the facts outlive it.
  HostCollector(const HostContext& context, Facts& facts);

  // Failed only where no part could be read. Each part that was read or should have been is one
  // of the outcome's.
  Outcome poll(SteadyTime deadline, FamilyList& out) override;
  // Puts what is of the moment on the board of facts.
  void sample() override { moment_.look(); }
  [[nodiscard]] std::string describe() const override;

 private:
  struct Part {
    std::string_view name;
    std::unique_ptr<HostPart> reader;
    bool told = false;  // in an outcome: its series stands
    bool seen = false;  // by the last poll
  };
  static void tell(Part& part, Outcome came, Outcome& whole);

  HostMoment moment_;
  std::vector<Part> parts_;
  bool looked_ = false;
};

}  // namespace wayside
