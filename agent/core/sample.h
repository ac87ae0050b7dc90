#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "agent/core/family.h"
#include "agent/core/time.h"

namespace wayside {

// A histogram as it stands: counts by bucket (not cumulative, the last one is +Inf) and the sum
// of the values in the family's unit. Its count is the sum of these very buckets.
struct HistogramView {
  std::span<const double> bounds;
  std::span<const std::uint64_t> counts;  // bounds.size() + 1
  double sum = 0;
};

// One sample. Which member holds it follows from `type`; a histogram family has histograms.
struct Value {
  enum class Type : std::uint8_t { integer, number, histogram };
  Type type = Type::integer;
  std::uint64_t integer = 0;
  double number = 0;
  HistogramView histogram = {};

  static Value of(std::uint64_t integer) { return {.type = Type::integer, .integer = integer}; }
  static Value of(double number) { return {.type = Type::number, .number = number}; }
  static Value of(const HistogramView& view) {
    return {.type = Type::histogram, .histogram = view};
  }
};

// `labels` is rendered text, mended and escaped when the series was born: `a="b",c="d"`, without
// braces; empty where there are none. Labels with empty values are left out.
struct SampleView {
  std::string_view labels;
  WallTime created = kNoTime;
  Value value;
};

// Takes what a visit yields: a family, then its samples in blocks. Views live as long as the
// call. One thread at a time.
class SampleSink {
 public:
  virtual ~SampleSink() = default;
  virtual void family(const FamilyDesc& desc) = 0;
  virtual void samples(std::span<const SampleView> samples) = 0;
};

// Families by name, in ascending order, each once. Thread-safe; never waits for a writer.
class SampleSource {
 public:
  virtual ~SampleSource() = default;
  virtual void visit(SampleSink& sink) const = 0;
};

}  // namespace wayside
