#pragma once

#include <string_view>
#include <vector>

#include "agent/core/sample.h"

namespace wayside {

// Encodes the Histogram message of one sample: classic buckets, and native ones where the view
// has them. Its memory is used again for the next one.
class ProtobufHistogram {
 public:
  // The message's fields, without tag and length; they stand until the next call.
  std::string_view encode(const HistogramView& histogram, WallTime created);

 private:
  char* room(std::size_t size);
  void end_at(const char* end) { used_ = static_cast<std::size_t>(end - bytes_.data()); }
  void write_buckets(const HistogramView& histogram);
  void write_bucket(double bound, std::uint64_t count, const ExemplarView* exemplar);
  void write_exemplar(const ExemplarView& exemplar);
  void write_native(const NativeView& native);
  void write_spans(std::span<const NativeBucket> buckets);
  void write_deltas(std::span<const NativeBucket> buckets);

  std::vector<char> bytes_;
  std::size_t used_ = 0;
  std::vector<char> exemplar_;  // an Exemplar message
};

// The most bytes of a Timestamp field with its tag and length.
inline constexpr std::size_t kMaxTimeField = 24;

// A google.protobuf.Timestamp as field `field`; nothing where the time is not known.
char* write_time_field(char* out, unsigned field, WallTime time);

}  // namespace wayside
