#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/family.h"
#include "agent/core/time.h"

namespace wayside {

// One bucket of a native histogram: what lies in (2^((index-1)/2^schema), 2^(index/2^schema)].
struct NativeBucket {
  std::int32_t index = 0;
  std::uint64_t count = 0;
};

// A histogram in native buckets, ascending, without empty ones; zeros are apart.
// https://prometheus.io/docs/specs/native_histograms/
struct NativeView {
  std::int32_t schema = 0;
  std::uint64_t zeros = 0;
  std::span<const NativeBucket> buckets;
};

// What names one request that a classic bucket counted. `labels` is rendered text as in a
// sample, of at most 128 characters of names and values.
struct ExemplarView {
  std::size_t bucket = 0;
  double value = 0;
  WallTime at = kNoTime;
  std::string_view labels;
};

// A histogram as it stands: counts by bucket (not cumulative, the last one is +Inf) and the sum
// of the values in the family's unit. Its count is the sum of these very buckets, and of the
// native ones where they were asked for and are kept: both were read at once.
struct HistogramView {
  std::span<const double> bounds;
  std::span<const std::uint64_t> counts;  // bounds.size() + 1
  double sum = 0;
  std::optional<NativeView> native = {};
  std::span<const ExemplarView> exemplars = {};  // by bucket, at most one of each
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
// braces; empty where there are none. Labels with empty values are left out. `proto_start`
// and `proto_created` are what protobuf has of labels and created time (see proto_text.h); both
// are empty where nobody rendered them.
struct SampleView {
  std::string_view labels;
  std::string_view proto_start = {};
  std::string_view proto_created = {};
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

// What a visit is to yield, beyond what it always does.
struct Selection {
  bool native = false;       // native buckets of histograms that keep them
  bool exemplars = false;    // of histograms
  bool proto_texts = false;  // proto_start and proto_created

  // Families of these collectors and of these targets alone; all where there is none. What
  // belongs to no target is of the target "".
  std::vector<std::string> collectors = {};
  std::vector<std::string> targets = {};

  [[nodiscard]] bool takes(std::string_view collector, std::string_view target) const;
};

// Who a family comes from: the collector, by its key in the config, and the target it asks, where
// that has a name.
struct SampleOrigin {
  std::string collector, target;
  friend auto operator<=>(const SampleOrigin&, const SampleOrigin&) = default;
};

// Families by name, in ascending order, each once. Thread-safe; never waits for a writer.
class SampleSource {
 public:
  virtual ~SampleSource() = default;
  // Every origin there is at this moment, in ascending order, each once.
  [[nodiscard]] virtual std::vector<SampleOrigin> origins() const { return {}; }
  virtual void visit(const Selection& selection, SampleSink& sink) const = 0;
  void visit(SampleSink& sink) const { visit({}, sink); }
};

}  // namespace wayside
