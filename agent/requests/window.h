#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "agent/store/buckets.h"

namespace wayside {

// What ten seconds held. Shares and quantiles are absent where nothing was counted.
struct WindowFigures {
  std::uint64_t requests = 0;
  std::optional<double> error_share;
  std::optional<double> p50;  // seconds
  std::optional<double> p99;
};

// Requests of the last ten seconds by their own time, in slots of one second. 32 bits a bucket
// and slot; a slot is allocated when its second is first met, so that a route with few requests
// takes some 200 bytes and a busy one 800. One thread at a time.
class Window {
 public:
  static constexpr std::int64_t kSeconds = 10;

  // `buckets`: how many are told apart, +Inf included; may be 0.
  explicit Window(std::size_t buckets);

  // `second` since 1970. A request older than the slot's present second is left out. `bucket`
  // from `buckets` on: a request without a latency.
  void add(std::int64_t second, std::size_t bucket, bool error) {
    std::uint32_t* const counts = second == last_second_ ? last_counts_ : counts_of(second);
    if (counts == nullptr) return;
    counts[kErrors] += error ? 1 : 0;
    counts[kRequests] += 1;
    if (kFirstBucket + bucket < stride_) counts[kFirstBucket + bucket] += 1;
  }

  // What `add` in the present second will touch.
  void prefetch(std::size_t bucket) const {
    if (last_counts_ == nullptr) return;
    __builtin_prefetch(last_counts_, 1);
    if (kFirstBucket + bucket < stride_)
      __builtin_prefetch(last_counts_ + kFirstBucket + bucket, 1);
  }

  // Of the ten seconds that end with `second`. `bounds`: those of the buckets.
  [[nodiscard]] WindowFigures at(std::int64_t second, const Buckets& bounds) const;

 private:
  // The first two words of a slot are its second.
  static constexpr std::size_t kErrors = 2;
  static constexpr std::size_t kRequests = 3;
  static constexpr std::size_t kFirstBucket = 4;

  using Slot = std::unique_ptr<std::uint32_t[]>;  // null: not met yet
  static std::int64_t second_of(const Slot& slot);
  void begin(Slot& slot, std::int64_t second) const;
  std::uint32_t* counts_of(std::int64_t second);

  std::size_t stride_;
  std::int64_t last_second_ = INT64_MIN;
  std::uint32_t* last_counts_ = nullptr;
  std::array<Slot, kSeconds> slots_;
};

// The value below which `share` of the counted lies, in seconds, linear within its bucket as
// PromQL's histogram_quantile has it; in the +Inf bucket the highest bound. Absent where nothing
// is counted.
std::optional<double> quantile(std::span<const std::uint64_t> counts, const Buckets& bounds,
                               double share);

}  // namespace wayside
