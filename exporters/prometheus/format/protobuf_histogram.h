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
  // `created` is the body of a Timestamp, or empty.
  std::string_view encode(const HistogramView& histogram, std::string_view created);

 private:
  char* room(std::size_t size);
  void end_at(const char* end) { used_ = static_cast<std::size_t>(end - bytes_.data()); }
  void write_buckets(const HistogramView& histogram);
  char* write_bucket(char* out, double bound, std::uint64_t count, bool exemplified) const;
  void write_exemplar(const ExemplarView& exemplar);
  void write_native(const NativeView& native);
  void write_spans(std::span<const NativeBucket> buckets);

  std::vector<char> bytes_;
  std::size_t used_ = 0;
  std::vector<char> exemplar_;  // an Exemplar message
  std::vector<char> deltas_;    // of native buckets
};

}  // namespace wayside
