#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/sample.h"
#include "exporters/prometheus/format/chunked_bytes.h"
#include "exporters/prometheus/format/constant_labels.h"
#include "exporters/prometheus/format/protobuf_histogram.h"

namespace wayside {

// Encodes a visit as MetricFamily messages of protobuf, each after its length.
// https://github.com/prometheus/client_model/blob/master/io/prometheus/client/metrics.proto
//
// A visit for it is best asked for label pairs, native buckets and exemplars. A histogram with
// native buckets has its classic ones beside them, since Prometheus takes exemplars from those.
// A counter's created time is told, a histogram's too.
//
// The length of a message stands before it, so a family is held until it is whole. One that
// passes kLongest, by a block of samples at most, becomes several messages of the same name in a
// row, which Prometheus reads as one; it takes some two thousand histograms. Constant labels follow
// a sample's own; where a family has a label of the same name, its own one stands. One thread, one
// page.
class ProtobufEncoder final : public SampleSink {
 public:
  static constexpr std::size_t kLongest = 896UL * 1024;
  // Once a family is in several messages, short ones stay in a near cache.
  static constexpr std::size_t kFurther = 128UL * 1024;

  // Gets the page in pieces of 64 KiB at most, or of one sample where that is longer; false: the
  // client is gone, no more will come.
  using PieceSink = std::function<bool(std::string_view piece)>;

  // `constant_labels` as render_labels gives them: `env="prod"`, or empty.
  ProtobufEncoder(std::string_view constant_labels, PieceSink sink);

  void family(const FamilyDesc& desc) override;
  void samples(std::span<const SampleView> samples) override;
  void finish();  // hands over the last family

  [[nodiscard]] bool gone() const { return gone_; }

 private:
  // What of a series never changes.
  struct Unchanging {
    std::string_view start, created;
  };
  Unchanging texts_of(const SampleView& sample);
  void write_singles(std::span<const SampleView> samples);
  char* write_single(char* out, const Value& value, std::string_view start) const;
  void write_histogram(const HistogramView& histogram, const Unchanging& texts);
  void flush_long();
  void flush();

  const ConstantLabels constants_;
  const PieceSink sink_;

  // Of the family at hand.
  std::string header_;    // its name, help and type
  std::string constant_;  // its constant label pairs
  Kind kind_ = Kind::unknown;
  ChunkedBytes metrics_;
  std::size_t longest_ = kLongest;

  std::string start_;  // of a sample that nobody has rendered for protobuf
  std::string time_;
  ProtobufHistogram histogram_;
  bool gone_ = false;
};

}  // namespace wayside
