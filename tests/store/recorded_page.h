#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
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
  std::string proto_start;

  struct Native {
    std::int32_t schema = 0;
    std::uint64_t zeros = 0;
    std::map<std::int32_t, std::uint64_t> buckets;
  };
  std::optional<Native> native;
  bool native_ascends = true;
  std::map<std::size_t, std::pair<double, std::string>> exemplars;  // by bucket: value, labels
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
      to.proto_start = sample.proto_start;
      if (histogram.native) {
        to.native.emplace();
        to.native->schema = histogram.native->schema;
        to.native->zeros = histogram.native->zeros;
        for (const auto& [index, count] : histogram.native->buckets) {
          to.native_ascends = to.native_ascends && (to.native->buckets.empty() ||
                                                    to.native->buckets.rbegin()->first < index);
          to.native->buckets[index] = count;
        }
      }
      for (const ExemplarView& exemplar : histogram.exemplars) {
        to.exemplars[exemplar.bucket] = {exemplar.value, std::string(exemplar.labels)};
      }
      to.number = sample.value.type == Value::Type::integer     ? double(sample.value.integer)
                  : sample.value.type == Value::Type::histogram ? histogram.sum
                                                                : sample.value.number;
    }
  }

  static RecordedPage of(const SampleSource& source, const Selection& selection = {}) {
    RecordedPage page;
    source.visit(selection, page);
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
