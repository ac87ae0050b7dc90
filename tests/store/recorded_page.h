#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "agent/core/sample.h"

namespace wayside {

// A visit as plain values, for tests to compare.
struct RecordedSample {
  WallTime created = kNoTime;
  double number = 0;  // of integers too; of histograms the sum
  std::uint64_t integer = 0;
  std::vector<double> bounds;
  std::vector<std::uint64_t> counts;
};

class RecordedPage final : public SampleSink {
 public:
  void family(const FamilyDesc& desc) override {
    names.push_back(desc.name);
    descs[desc.name] = desc;
  }

  void samples(std::span<const SampleView> samples) override {
    largest_block = std::max(largest_block, samples.size());
    for (const SampleView& sample : samples) {
      const std::string key = names.back() + "{" + std::string(sample.labels) + "}";
      repeated += all.contains(key) ? 1 : 0;
      RecordedSample& to = all[key];
      to.created = sample.created;
      to.integer = sample.value.integer;
      const auto& histogram = sample.value.histogram;
      to.bounds.assign(histogram.bounds.begin(), histogram.bounds.end());
      to.counts.assign(histogram.counts.begin(), histogram.counts.end());
      to.number = sample.value.type == Value::Type::integer     ? double(sample.value.integer)
                  : sample.value.type == Value::Type::histogram ? histogram.sum
                                                                : sample.value.number;
    }
  }

  static RecordedPage of(const SampleSource& source) {
    RecordedPage page;
    source.visit(page);
    return page;
  }

  [[nodiscard]] double number(const std::string& series) const {
    const auto found = all.find(series);
    return found == all.end() ? -1 : found->second.number;
  }

  std::vector<std::string> names;  // in the order they came
  std::map<std::string, FamilyDesc> descs;
  std::map<std::string, RecordedSample> all;  // by `name{labels}`
  std::size_t repeated = 0;                   // series that came more than once
  std::size_t largest_block = 0;
};

}  // namespace wayside
