#pragma once

#include <prometheus/metric_family.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/family.h"
#include "agent/core/result.h"
#include "agent/core/sample.h"

namespace wayside {

// A family with its samples as values: what polled collectors yield, rendered once per poll.
struct RenderedFamily {
  FamilyDesc desc;  // its labels: every name that any sample has, ascending
  struct Sample {
    std::string labels;  // sorted by name
    Value::Type type = Value::Type::number;
    double number = 0;                  // of histograms: the sum
    std::vector<double> bounds;         // of histograms
    std::vector<std::uint64_t> counts;  // of histograms, not cumulative
    std::uint64_t integer = 0;          // where the type is integer
  };
  std::vector<Sample> samples;

  // Samples that no scrape could carry and that were left out: a bad name of a metric or label,
  // the same labels twice, a histogram that is none.
  std::uint32_t invalid = 0;
};

// The one way from prometheus-cpp's model into ours. Summaries are refused (none of our
// collectors has one); label values are mended; `target` is added as a label where not empty,
// and where a sample has none of its own.
Result<std::vector<RenderedFamily>> render(const std::vector<prometheus::MetricFamily>& families,
                                           std::string_view target);
Result<RenderedFamily> render_family(const prometheus::MetricFamily& family,
                                     std::string_view target);

// Hands over the samples, without their family, in blocks.
void yield_samples(const RenderedFamily& family, SampleSink& sink);

}  // namespace wayside
