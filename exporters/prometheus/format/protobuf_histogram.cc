#include "exporters/prometheus/format/protobuf_histogram.h"

#include <algorithm>
#include <limits>
#include <string>

#include "agent/store/label_text.h"
#include "exporters/prometheus/format/proto_bytes.h"

namespace wayside {
namespace {

// Fields of Histogram, Bucket, BucketSpan, Exemplar and Timestamp.
constexpr unsigned kCount = 1, kSum = 2, kBucket = 3, kSchema = 5, kZeroThreshold = 6,
                   kZeroCount = 7, kPositiveSpan = 12, kPositiveDelta = 13, kCreated = 15;
constexpr unsigned kBucketCount = 1, kBucketBound = 2, kBucketExemplar = 3;
constexpr unsigned kSpanOffset = 1, kSpanLength = 2;
constexpr unsigned kExemplarValue = 2, kExemplarTime = 3;
constexpr unsigned kSeconds = 1, kNanos = 2;

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

// How many buckets from the first one on follow each other without a gap.
std::size_t run_length(std::span<const NativeBucket> buckets) {
  std::size_t length = 1;
  while (length < buckets.size() && buckets[length].index == buckets[length - 1].index + 1) {
    ++length;
  }
  return length;
}

}  // namespace

char* write_time_field(char* out, unsigned field, WallTime time) {
  if (time == kNoTime || time.time_since_epoch().count() < 0) return out;
  const auto micros = static_cast<std::uint64_t>(time.time_since_epoch().count());
  const std::uint64_t whole = micros / 1'000'000;
  const std::uint64_t nanos = micros % 1'000'000 * 1'000;
  out = write_length(out, field, 2 + varint_size(whole) + varint_size(nanos));
  out = write_varint_field(out, kSeconds, whole);
  return write_varint_field(out, kNanos, nanos);
}

char* ProtobufHistogram::room(std::size_t size) {
  if (bytes_.size() - used_ < size) bytes_.resize(std::max(bytes_.size() * 2, used_ + size));
  return bytes_.data() + used_;
}

std::string_view ProtobufHistogram::encode(const HistogramView& histogram, WallTime created) {
  used_ = 0;
  std::uint64_t count = 0;
  for (const std::uint64_t in_bucket : histogram.counts) count += in_bucket;
  char* out = write_varint_field(room(2 * kMaxVarint + kDoubleField), kCount, count);
  end_at(write_double_field(out, kSum, histogram.sum));
  write_buckets(histogram);
  if (histogram.native) write_native(*histogram.native);
  end_at(write_time_field(room(kMaxTimeField), kCreated, created));
  return {bytes_.data(), used_};
}

void ProtobufHistogram::write_buckets(const HistogramView& histogram) {
  const ExemplarView* exemplar = slowest_recent(histogram.exemplars);
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < histogram.counts.size(); ++i) {
    count += histogram.counts[i];
    const bool last = i >= histogram.bounds.size();
    write_bucket(last ? std::numeric_limits<double>::infinity() : histogram.bounds[i], count,
                 exemplar != nullptr && exemplar->bucket == i ? exemplar : nullptr);
  }
}

void ProtobufHistogram::write_bucket(double bound, std::uint64_t count,
                                     const ExemplarView* exemplar) {
  exemplar_.clear();
  if (exemplar != nullptr) write_exemplar(*exemplar);
  const std::size_t inner = exemplar_.empty() ? 0 : 1 + varint_size(exemplar_.size());
  const std::size_t size = 1 + varint_size(count) + kDoubleField + inner + exemplar_.size();
  char* out = write_length(room(1 + kMaxVarint + size), kBucket, size);
  out = write_varint_field(out, kBucketCount, count);
  out = write_double_field(out, kBucketBound, bound);
  if (!exemplar_.empty()) {
    out = write_length(out, kBucketExemplar, exemplar_.size());
    out = write_text(out, {exemplar_.data(), exemplar_.size()});
  }
  end_at(out);
}

void ProtobufHistogram::write_exemplar(const ExemplarView& exemplar) {
  std::string pairs;
  append_label_pairs(pairs, exemplar.labels);
  exemplar_.resize(pairs.size() + kDoubleField + kMaxTimeField);
  char* out = write_text(exemplar_.data(), pairs);
  out = write_double_field(out, kExemplarValue, exemplar.value);
  out = write_time_field(out, kExemplarTime, exemplar.at);
  exemplar_.resize(static_cast<std::size_t>(out - exemplar_.data()));
}

void ProtobufHistogram::write_native(const NativeView& native) {
  char* out = room(2 * (1 + kMaxVarint) + kDoubleField);
  out = write_varint_field(out, kSchema, zigzag(native.schema));
  out = write_double_field(out, kZeroThreshold, kThreshold);
  end_at(write_varint_field(out, kZeroCount, native.zeros));
  if (native.buckets.empty()) return;
  write_spans(native.buckets);
  write_deltas(native.buckets);
}

// The first offset is an index, a later one the gap since the span before.
void ProtobufHistogram::write_spans(std::span<const NativeBucket> buckets) {
  std::int32_t next = 0;
  while (!buckets.empty()) {
    const std::size_t length = run_length(buckets);
    const std::uint64_t offset = zigzag(buckets.front().index - next);
    char* out = room(3 * (1 + kMaxVarint));
    out = write_length(out, kPositiveSpan, 2 + varint_size(offset) + varint_size(length));
    out = write_varint_field(out, kSpanOffset, offset);
    end_at(write_varint_field(out, kSpanLength, length));
    next = buckets[length - 1].index + 1;
    buckets = buckets.subspan(length);
  }
}

// Packed: the first count, then by how much each differs from the one before.
void ProtobufHistogram::write_deltas(std::span<const NativeBucket> buckets) {
  const auto deltas = [buckets](auto each) {
    std::uint64_t before = 0;
    for (const NativeBucket& bucket : buckets) {
      each(zigzag(static_cast<std::int64_t>(bucket.count - before)));
      before = bucket.count;
    }
  };
  std::size_t size = 0;
  deltas([&size](std::uint64_t delta) { size += varint_size(delta); });
  char* out = write_length(room(1 + kMaxVarint + size), kPositiveDelta, size);
  deltas([&out](std::uint64_t delta) { out = write_varint(out, delta); });
  end_at(out);
}

}  // namespace wayside
