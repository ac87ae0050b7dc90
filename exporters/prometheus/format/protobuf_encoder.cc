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
  if (gone_) return;
  if (kind_ != Kind::histogram) return write_singles(samples);
  for (const SampleView& sample : samples) {
    write_histogram(sample.value.histogram, texts_of(sample));
    flush_long();
    if (gone_) return;
  }
}

// Where the free bytes are is known here alone, so that each byte written does not make it
// unknown again.
void ProtobufEncoder::write_singles(std::span<const SampleView> samples) {
  std::span<char> room = metrics_.room(0);
  char* out = room.data();
  for (const SampleView& sample : samples) {
    const std::string_view start = texts_of(sample).start;
    const std::size_t most = kFrame + start.size() + sizeof(double) + constant_.size() + kSlack;
    if (static_cast<std::size_t>(room.data() + room.size() - out) < most) {
      metrics_.end_at(out);
      flush_long();
      room = metrics_.room(most);
      out = room.data();
    }
    out = write_single(out, sample.value, start);
  }
  metrics_.end_at(out);
  flush_long();
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

char* ProtobufEncoder::write_single(char* out, const Value& value, std::string_view start) const {
  const double number =
      value.type == Value::Type::integer ? static_cast<double>(value.integer) : value.number;
  out = write_length(out, kMetric, start.size() + sizeof number + constant_.size());
  out = write_text(out, start);
  std::memcpy(out, &number, sizeof number);
  return write_text(out + sizeof number, constant_);
}

void ProtobufEncoder::write_histogram(const HistogramView& histogram, const Unchanging& texts) {
  const std::string_view fields = histogram_.encode(histogram, texts.created);
  const std::size_t size = texts.start.size() + message_size(fields) + constant_.size();
  char* out = write_length(metrics_.room(kFrame + size + kSlack).data(), kMetric, size);
  out = write_message(write_text(out, texts.start), kHistogram, fields);
  metrics_.end_at(write_text(out, constant_));
}

// A message that became long leaves.
void ProtobufEncoder::flush_long() {
  if (metrics_.size() < longest_) return;
  flush();
  longest_ = kFurther;
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
