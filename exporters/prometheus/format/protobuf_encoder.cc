#include "exporters/prometheus/format/protobuf_encoder.h"

#include <algorithm>
#include <array>
#include <utility>

#include "agent/core/labels.h"
#include "exporters/prometheus/format/proto_bytes.h"

namespace wayside {
namespace {

// Fields of MetricFamily and Metric, and the value of a Counter, Gauge or Untyped.
constexpr unsigned kName = 1, kHelp = 2, kType = 3, kMetric = 4, kUnit = 5;
constexpr unsigned kGauge = 2, kCounter = 3, kUntyped = 5, kHistogram = 7;
constexpr unsigned kValue = 1, kCreated = 3;

constexpr std::size_t kFrame = 1 + kMaxVarint;  // a tag and a length

std::uint64_t type_of(Kind kind) {
  switch (kind) {
    case Kind::counter:
      return 0;
    case Kind::gauge:
      return 1;
    case Kind::histogram:
      return 4;
    case Kind::unknown:
      break;
  }
  return 3;
}

unsigned field_of(Kind kind) {
  if (kind == Kind::counter) return kCounter;
  return kind == Kind::gauge ? kGauge : kUntyped;
}

void append_text(std::string& out, unsigned field, std::string_view text) {
  std::array<char, kFrame> frame;
  char* const end = write_length(frame.data(), field, text.size());
  out.append(frame.data(), end).append(text);
}

std::string header_of(const FamilyDesc& desc) {
  std::string header;
  append_text(header, kName, desc.name);
  append_text(header, kHelp, mend_utf8(desc.help));
  std::array<char, kFrame> type;
  char* const end = write_varint_field(type.data(), kType, type_of(desc.kind));
  header.append(type.data(), end);
  if (!desc.unit.empty()) append_text(header, kUnit, desc.unit);
  return header;
}

}  // namespace

ProtobufEncoder::ProtobufEncoder(std::string_view constant_labels, PieceSink sink)
    : constant_text_(constant_labels),
      constants_(split_labels(constant_text_)),
      sink_(std::move(sink)) {}

void ProtobufEncoder::family(const FamilyDesc& desc) {
  flush();
  header_ = header_of(desc);
  kind_ = desc.kind;
  constant_.clear();
  for (const LabelPart& label : constants_) {
    const bool taken = std::ranges::find(desc.labels, label.name) != desc.labels.end();
    if (taken || (desc.kind == Kind::histogram && label.name == "le")) continue;
    append_label_pairs(constant_, label.text);
  }
}

void ProtobufEncoder::samples(std::span<const SampleView> samples) {
  for (const SampleView& sample : samples) {
    if (gone_) return;
    std::string_view pairs = sample.label_pairs;
    if (pairs.empty() && !sample.labels.empty()) {
      pairs_.clear();
      append_label_pairs(pairs_, sample.labels);
      pairs = pairs_;
    }
    if (sample.value.type == Value::Type::histogram) {
      write_histogram(sample, pairs);
    } else {
      write_single(sample, pairs);
    }
    if (metrics_.size() >= kLongest) flush();
  }
}

void ProtobufEncoder::finish() {
  flush();
}

// A counter has its created time behind its value; the other kinds have none.
void ProtobufEncoder::write_single(const SampleView& sample, std::string_view pairs) {
  const Value& value = sample.value;
  std::array<char, kDoubleField + kMaxTimeField> inner;
  char* end = write_double_field(
      inner.data(), kValue,
      value.type == Value::Type::integer ? static_cast<double>(value.integer) : value.number);
  if (kind_ == Kind::counter) end = write_time_field(end, kCreated, sample.created);
  const auto size = static_cast<std::size_t>(end - inner.data());
  char* out = begin_metric(pairs, 2 + size);
  out = write_length(out, field_of(kind_), size);
  metrics_.end_at(write_text(out, {inner.data(), size}));
}

void ProtobufEncoder::write_histogram(const SampleView& sample, std::string_view pairs) {
  const std::string_view fields = histogram_.encode(sample.value.histogram, sample.created);
  char* out = begin_metric(pairs, 1 + varint_size(fields.size()) + fields.size());
  out = write_length(out, kHistogram, fields.size());
  metrics_.end_at(write_text(out, fields));
}

// The metric up to its value, with room for the rest.
char* ProtobufEncoder::begin_metric(std::string_view pairs, std::size_t value_size) {
  const std::size_t size = pairs.size() + constant_.size() + value_size;
  char* out = write_length(metrics_.room(kFrame + size), kMetric, size);
  return write_text(write_text(out, pairs), constant_);
}

void ProtobufEncoder::flush() {
  if (metrics_.size() > 0 && !gone_) {
    std::array<char, kMaxVarint> length;
    const char* end = write_varint(length.data(), header_.size() + metrics_.size());
    gone_ = !sink_({length.data(), static_cast<std::size_t>(end - length.data())}) ||
            !sink_(header_) || !metrics_.each(sink_);
  }
  metrics_.clear();
}

}  // namespace wayside
