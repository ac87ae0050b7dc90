#pragma once

#include <prometheus/collectable.h>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agent/core/sample.h"
#include "agent/store/rendered.h"
#include "agent/store/store.h"

namespace wayside {

// The latest snapshot of one polled collector. Thread-safe.
class Snapshot {
 public:
  void publish(std::vector<RenderedFamily> families);
  [[nodiscard]] std::shared_ptr<const std::vector<RenderedFamily>> read() const;

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const std::vector<RenderedFamily>> families_ =
      std::make_shared<const std::vector<RenderedFamily>>();
};

// Samples that sources offered and that no scrape got, by family and reason. Thread-safe; what
// exceeds kMaxRows is counted under the family `_other`.
class LeftOut {
 public:
  static constexpr std::size_t kMaxRows = 1000;

  void count(std::string_view family, std::string_view reason, std::uint64_t by);
  // wayside_exposition_conflicts_total{family,reason}
  [[nodiscard]] RenderedFamily rendered() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, std::uint64_t> counts_;
};

// Everything a scrape yields: the store's families, the snapshots of polled collectors and the
// agent's own telemetry, merged so that each family is one group. The first source's HELP and
// TYPE stand, the store being first. What would fail a scrape is left out and counted at each
// visit in wayside_exposition_conflicts_total{family,reason}: samples of another `kind` under the
// same name, a `duplicate` of a series, an `invalid` name or histogram, a name that a histogram's
// own samples may have (`shadowed`), and a source whose collection `failed`. A conflict that one
// visit meets is told by the next.
//
// Thread-safe. The store outlives it.
class Exposition final : public SampleSource {
 public:
  explicit Exposition(const Store& store) : store_(store) {}

  void add(std::shared_ptr<const Snapshot> snapshot, SampleOrigin origin = {});
  void remove(const std::shared_ptr<const Snapshot>& snapshot);
  // Collected at every visit: only for cheap ones, such as a registry of own counters. They are of
  // the collector `self`.
  void add(std::shared_ptr<prometheus::Collectable> collectable);
  void remove(const std::shared_ptr<prometheus::Collectable>& collectable);

  [[nodiscard]] std::vector<SampleOrigin> origins() const override;
  using SampleSource::visit;
  void visit(const Selection& selection, SampleSink& sink) const override;

 private:
  using Families = std::shared_ptr<const std::vector<RenderedFamily>>;

  struct Polled {
    std::shared_ptr<const Snapshot> snapshot;
    SampleOrigin origin;
  };

  // Of all sources but the store.
  [[nodiscard]] std::vector<Families> rendered(const Selection& selection) const;
  [[nodiscard]] Families collect(prometheus::Collectable& collectable) const;

  const Store& store_;
  mutable LeftOut left_out_;
  mutable std::mutex mutex_;
  std::vector<Polled> polled_;
  std::vector<std::shared_ptr<prometheus::Collectable>> collectables_;
};

}  // namespace wayside
