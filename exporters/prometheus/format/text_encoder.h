#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/sample.h"
#include "exporters/prometheus/format/constant_labels.h"
#include "exporters/prometheus/format/metrics_format.h"

namespace wayside {

// Encodes a visit as Prometheus text 0.0.4 or as OpenMetrics 1.0 text.
// https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
// https://github.com/OpenObservability/OpenMetrics/blob/main/specification/OpenMetrics.md
//
// In OpenMetrics a counter's family is called as the counter is without its `_total`. A counter
// whose name lacks that, as other exporters have them, and one whose family or created time would
// be called as another's is, keeps its name and is of type unknown, so that no series is called
// differently in one format than in the other. Exemplars are on buckets of OpenMetrics alone; text
// 0.0.4 has none.
//
// Constant labels follow a sample's own and precede `le`; where a family has a label of the same
// name, its own one stands. Nothing is allocated per sample. One thread, one page.
class TextEncoder final : public SampleSink {
 public:
  // Gets the page in pieces of about 64 KiB; false: the client is gone, no more will come.
  using PieceSink = std::function<bool(std::string_view piece)>;

  // `constant_labels` as render_labels gives them: `env="prod"`, or empty.
  TextEncoder(MetricsFormat format, std::string_view constant_labels, PieceSink sink);

  void family(const FamilyDesc& desc) override;
  void samples(std::span<const SampleView> samples) override;
  void finish();  // writes the end and hands over the last piece

  [[nodiscard]] bool gone() const { return gone_; }

 private:
  // The end of a bucket's line up to its count: `0.005"} `.
  struct BoundText {
    static constexpr std::size_t kSize = 40;  // always copied as a whole
    char text[kSize] = {};
    std::uint32_t size = 0;
  };

  [[nodiscard]] std::string openmetrics_header(const FamilyDesc& desc);
  [[nodiscard]] bool is_free(std::string_view counter) const;
  void take(std::string_view name, std::initializer_list<std::string_view> suffixes);
  void write_header();
  void write_single(const SampleView& sample);
  void write_histogram(const SampleView& sample);
  void write_bucket(const BoundText& bound, std::uint64_t count);
  void write_exemplar(const ExemplarView& exemplar);
  void write_line_start(std::string_view suffix, std::string_view labels);
  void set_bounds(std::span<const double> bounds);
  void append(std::string_view text);
  char* room(std::size_t size);
  void end_at(const char* end);
  void flush();

  const MetricsFormat format_;
  const ConstantLabels constants_;
  const PieceSink sink_;

  // OpenMetrics: what families are called, and what their samples may be.
  std::set<std::string, std::less<>> taken_;

  // Of the family at hand.
  std::string name_;
  std::string header_;    // until it is written, before the first sample
  std::string constant_;  // its constant labels
  std::vector<double> bounds_;
  std::vector<BoundText> bound_texts_;  // and +Inf

  std::string bucket_start_;  // of the histogram at hand: `name_bucket{labels,le="`
  std::unique_ptr<char[]> page_;
  std::size_t capacity_;
  std::size_t used_ = 0;
  bool gone_ = false;
};

}  // namespace wayside
