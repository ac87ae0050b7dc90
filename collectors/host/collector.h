#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "collectors/host/part.h"

namespace wayside {

// The host as prometheus-node-exporter 1.5.0 tells of it: the same names, labels and types, by
// parts that each may be missing on a host (docs/host.md).
class HostCollector final : public Poller {
 public:
  explicit HostCollector(const HostContext& context);

  // Failed only where no part could be read. Each part that was read or should have been is one
  // of the outcome's.
  Outcome poll(SteadyTime deadline, FamilyList& out) override;
  [[nodiscard]] std::string describe() const override;

 private:
  struct Part {
    std::string_view name;
    std::unique_ptr<HostPart> reader;
    bool told = false;  // in an outcome: its series stands
    bool seen = false;  // by the last poll
  };
  static void tell(Part& part, Outcome came, Outcome& whole);

  std::vector<Part> parts_;
};

}  // namespace wayside
