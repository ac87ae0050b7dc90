#include "exporters/prometheus/format/protobuf_histogram.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "agent/core/proto_bytes.h"
#include "agent/core/proto_time.h"
#include "agent/store/proto_text.h"

namespace wayside {
namespace {

// Fields of Histogram, Bucket, BucketSpan and Exemplar.
constexpr unsigned kCount = 1, kSum = 2, kBucket = 3, kSchema = 5, kZeroThreshold = 6,
                   kZeroCount = 7, kPositiveSpan = 12, kPositiveDelta = 13, kCreated = 15;
constexpr unsigned kBucketCount = 1, kBucketBound = 2, kBucketExemplar = 3;
constexpr unsigned kSpanOffset = 1, kSpanLength = 2;
constexpr unsigned kExemplarValue = 2, kExemplarTime = 3;

// Zero alone is in the zero bucket. Not zero itself, which Prometheus takes for a histogram that
// has no native buckets where it is empty.
constexpr double kThreshold = 0x1p-128;

// Prometheus 2.42 takes one exemplar of a series and scrape, from the first bucket that has one:
// the slowest is worth most, unless it is of long ago.
constexpr Micros kRecent = std::chrono::minutes{1};

const ExemplarView* slowest_recent(std::span<const ExemplarView> exemplars) {
  const ExemplarView* slowest = nullptr;
  WallTime newest = kNoTime;
  for (const ExemplarView& exemplar : exemplars) newest = std::max(newest, exemplar.at);
  for (const ExemplarView& exemplar : exemplars) {
    if (newest - exemplar.at <= kRecent) slowest = &exemplar;
  }
  return slowest;
}

constexpr std::size_t kMaxSpan = 3 * (1 + kMaxVarint);

char* write_span(char* out, std::uint64_t offset, std::uint64_t length) {
  if ((offset | length) < 0x80) {  // nearly all
    constexpr std::size_t kShort = 6;
    const std::array<char, kShort> span = {
        proto_tag(kPositiveSpan, WireType::bytes), kShort - 2,
        proto_tag(kSpanOffset, WireType::varint),  static_cast<char>(offset),
        proto_tag(kSpanLength, WireType::varint),  static_cast<char>(length)};
    return write_text(out, {span.data(), span.size()});
  }
  out = write_length(out, kPositiveSpan, 2 + varint_size(offset) + varint_size(length));
  out = write_varint_field(out, kSpanOffset, offset);
  return write_varint_field(out, kSpanLength, length);
}

}  // namespace

char* ProtobufHistogram::room(std::size_t size) {
  size += kSlack;
  if (bytes_.size() - used_ < size) bytes_.resize(std::max(bytes_.size() * 2, used_ + size));
  return bytes_.data() + used_;
}

std::string_view ProtobufHistogram::encode(const HistogramView& histogram,
                                           std::string_view created) {
  used_ = 0;
  std::uint64_t count = 0;
  for (const std::uint64_t in_bucket : histogram.counts) count += in_bucket;
  char* out = write_varint_field(room(2 * kMaxVarint + kDoubleField), kCount, count);
  end_at(write_double_field(out, kSum, histogram.sum));
  write_buckets(histogram);
  if (histogram.native) write_native(*histogram.native);
  end_at(write_message(room(kMaxTimeField), kCreated, created));
  return {bytes_.data(), used_};
}

void ProtobufHistogram::write_buckets(const HistogramView& histogram) {
  exemplar_.clear();
  const ExemplarView* exemplar = slowest_recent(histogram.exemplars);
  if (exemplar != nullptr) write_exemplar(*exemplar);
  constexpr std::size_t kMaxBucket = 3 * (1 + kMaxVarint) + kDoubleField;
  std::uint64_t count = 0;
  char* out = room(histogram.counts.size() * kMaxBucket + exemplar_.size());
  for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
    count += histogram.counts[i];
    const bool last = i >= histogram.bounds.size();
    out = write_bucket(out, last ? std::numeric_limits<double>::infinity() : histogram.bounds[i],
                       count, exemplar != nullptr && exemplar->bucket == i);
  }
  end_at(out);
}

char* ProtobufHistogram::write_bucket(char* out, double bound, std::uint64_t count,
                                      bool exemplified) const {
  std::size_t size = 1 + varint_size(count) + kDoubleField;
  if (exemplified) size += 1 + varint_size(exemplar_.size()) + exemplar_.size();
  out = write_length(out, kBucket, size);
  out = write_varint_field(out, kBucketCount, count);
  out = write_double_field(out, kBucketBound, bound);
  if (!exemplified) return out;
  return write_text(write_length(out, kBucketExemplar, exemplar_.size()),
                    {exemplar_.data(), exemplar_.size()});
}

void ProtobufHistogram::write_exemplar(const ExemplarView& exemplar) {
  std::string pairs;
  append_label_pairs(pairs, exemplar.labels);
  exemplar_.resize(pairs.size() + kDoubleField + kMaxTimeField + kSlack);
  char* out = write_text(exemplar_.data(), pairs);
  out = write_double_field(out, kExemplarValue, exemplar.value);
  std::string time;
  append_time(time, exemplar.at);
  out = write_message(out, kExemplarTime, time);
  exemplar_.resize(static_cast<std::size_t>(out - exemplar_.data()));
}

void ProtobufHistogram::write_native(const NativeView& native) {
  char* out = room(2 * (1 + kMaxVarint) + kDoubleField);
  out = write_varint_field(out, kSchema, zigzag(native.schema));
  out = write_double_field(out, kZeroThreshold, kThreshold);
  end_at(write_varint_field(out, kZeroCount, native.zeros));
  if (!native.buckets.empty()) write_spans(native.buckets);
}

// A span is of buckets that follow each other without a gap: the first offset is an index, a later
// one the gap since the span before. Behind all stand the deltas, packed: the first count, then by
// how much each differs from the one before.
void ProtobufHistogram::write_spans(std::span<const NativeBucket> buckets) {
  deltas_.resize(std::max(deltas_.size(), buckets.size() * kMaxVarint + kSlack));
  char* delta = deltas_.data();
  char* out = room(buckets.size() * kMaxSpan);
  std::uint64_t before = 0;
  std::int32_t end = 0;  // of the span before
  for (std::size_t i = 0; i < buckets.size();) {
    const std::int32_t begin = buckets[i].index;
    std::int32_t next = begin;
    for (; i < buckets.size() && buckets[i].index == next; ++i, ++next) {
      delta = write_varint(delta, zigzag(static_cast<std::int64_t>(buckets[i].count - before)));
      before = buckets[i].count;
    }
    out = write_span(out, zigzag(begin - end), static_cast<std::uint64_t>(next - begin));
    end = next;
  }
  end_at(out);
  const std::string_view packed(deltas_.data(), static_cast<std::size_t>(delta - deltas_.data()));
  out = write_length(room(1 + kMaxVarint + packed.size()), kPositiveDelta, packed.size());
  end_at(write_text(out, packed));
}

}  // namespace wayside
