#include "exporters/prometheus/format/protobuf_encoder.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "agent/core/labels.h"
#include "agent/core/proto_bytes.h"
#include "agent/core/proto_time.h"
#include "agent/store/proto_text.h"
#include "exporters/prometheus/format/unit.h"

namespace wayside {
namespace {

// Fields of MetricFamily and Metric.
constexpr unsigned kName = 1, kHelp = 2, kType = 3, kMetric = 4, kUnit = 5;
constexpr unsigned kHistogram = 7;

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

void append_text(std::string& out, unsigned field, std::string_view text) {
  std::array<char, kFrame + kSlack> frame;
  char* const end = write_length(frame.data(), field, text.size());
  out.append(frame.data(), end).append(text);
}

std::string header_of(const FamilyDesc& desc) {
  std::string header;
  append_text(header, kName, desc.name);
  append_text(header, kHelp, mend_utf8(desc.help));
  std::array<char, kFrame + kSlack> type;
  char* const end = write_varint_field(type.data(), kType, type_of(desc.kind));
  header.append(type.data(), end);
  const std::string_view name =
      desc.kind == Kind::counter ? without_total(desc.name) : std::string_view(desc.name);
  if (has_unit(name, desc.unit)) append_text(header, kUnit, desc.unit);
  return header;
}

}  // namespace

ProtobufEncoder::ProtobufEncoder(std::string_view constant_labels, PieceSink sink)
    : constants_(constant_labels), sink_(std::move(sink)) {}

void ProtobufEncoder::family(const FamilyDesc& desc) {
  flush();
  longest_ = kLongest;
  header_ = header_of(desc);
  kind_ = desc.kind;
  constant_.clear();
  append_label_pairs(constant_, constants_.of(desc));
}

void ProtobufEncoder::samples(std::span<const SampleView> samples) {
  for (const SampleView& sample : samples) {
    if (gone_) return;
    const Unchanging texts = texts_of(sample);
    if (sample.value.type == Value::Type::histogram) {
      write_histogram(sample.value.histogram, texts);
    } else {
      write_single(sample.value, texts.start);
    }
    if (metrics_.size() < longest_) continue;
    flush();
    longest_ = kFurther;
  }
}

// As they were rendered before, or rendered here.
ProtobufEncoder::Unchanging ProtobufEncoder::texts_of(const SampleView& sample) {
  if (!sample.proto_start.empty()) return {sample.proto_start, sample.proto_created};
  start_.clear();
  append_metric_start(start_, kind_, sample.labels, sample.created);
  time_.clear();
  if (kind_ == Kind::histogram) append_time(time_, sample.created);
  return {start_, time_};
}

void ProtobufEncoder::finish() {
  flush();
}

void ProtobufEncoder::write_single(const Value& value, std::string_view start) {
  const double number =
      value.type == Value::Type::integer ? static_cast<double>(value.integer) : value.number;
  char* out = write_text(begin_metric(start.size() + sizeof number), start);
  std::memcpy(out, &number, sizeof number);
  metrics_.end_at(write_text(out + sizeof number, constant_));
}

void ProtobufEncoder::write_histogram(const HistogramView& histogram, const Unchanging& texts) {
  const std::string_view fields = histogram_.encode(histogram, texts.created);
  char* out = begin_metric(texts.start.size() + message_size(fields));
  out = write_message(write_text(out, texts.start), kHistogram, fields);
  metrics_.end_at(write_text(out, constant_));
}

// Of so many bytes beside the constant labels, with room for them all.
char* ProtobufEncoder::begin_metric(std::size_t size) {
  size += constant_.size();
  return write_length(metrics_.room(kFrame + size + kSlack), kMetric, size);
}

void ProtobufEncoder::flush() {
  if (metrics_.size() > 0 && !gone_) {
    std::array<char, kMaxVarint + kSlack> length;
    const char* end = write_varint(length.data(), header_.size() + metrics_.size());
    gone_ = !sink_({length.data(), static_cast<std::size_t>(end - length.data())}) ||
            !sink_(header_) || !metrics_.each(sink_);
  }
  metrics_.clear();
}

}  // namespace wayside
