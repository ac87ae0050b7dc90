#pragma once

#include <prometheus/collectable.h>

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "agent/core/sample.h"
#include "agent/store/store.h"

namespace wayside {

// A family with its samples as values: what polled collectors yield, rendered once per poll.
struct RenderedFamily {
  FamilyDesc desc;
  struct Sample {
    std::string labels;
    Value::Type type = Value::Type::number;
    double number = 0;
    std::vector<double> bounds;         // of histograms
    std::vector<std::uint64_t> counts;  // of histograms, not cumulative
  };
  std::vector<Sample> samples;
};

// The one way from prometheus-cpp's model into ours. Summaries are refused (none of our
// collectors has one); label values are mended; `target` is added as a label where not empty.
Result<std::vector<RenderedFamily>> render(const std::vector<prometheus::MetricFamily>& families,
                                           std::string_view target);

// The latest snapshot of one polled collector. Thread-safe.
class Snapshot {
 public:
  void publish(std::vector<RenderedFamily> families);
  [[nodiscard]] std::shared_ptr<const std::vector<RenderedFamily>> read() const;

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const std::vector<RenderedFamily>> families_;
};

// Everything a scrape yields: the store's families, the snapshots of polled collectors and the
// agent's own telemetry, merged so that each family is one group. The first source's HELP and
// TYPE stand; samples of another kind under the same name are left out and counted.
class Exposition final : public SampleSource {
 public:
  explicit Exposition(const Store& store) : store_(store) {}

  void add(std::shared_ptr<const Snapshot> snapshot);
  void remove(const std::shared_ptr<const Snapshot>& snapshot);
  // Collected at every visit: only for cheap ones, such as a registry of own counters.
  void add(std::shared_ptr<prometheus::Collectable> collectable);
  void remove(const std::shared_ptr<prometheus::Collectable>& collectable);

  void visit(SampleSink& sink) const override;

 private:
  const Store& store_;
  mutable std::mutex mutex_;
  std::vector<std::shared_ptr<const Snapshot>> snapshots_;
  std::vector<std::shared_ptr<prometheus::Collectable>> collectables_;
};

}  // namespace wayside
