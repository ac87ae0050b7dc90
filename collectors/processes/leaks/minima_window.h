#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "collectors/processes/leaks/trend.h"

namespace wayside {

// What is kept of levels that are too old to be kept.
struct LevelsBefore {
  std::optional<double> highest;  // nothing while there are none
  double deepest_fall = 0;        // from the highest so far to a later one

  void add(double bytes) {
    highest = std::max(highest.value_or(0), bytes);
    deepest_fall = std::max(deepest_fall, *highest - bytes);
  }
};

// A sliding window over a level, cut into buckets of equal time, each with its least value only:
// of the saw-tooth that a garbage collector makes, the floor remains.
class MinimaWindow {
 public:
  // `seconds` long, in `buckets` (at least one).
  MinimaWindow(double seconds, std::size_t buckets);

  // Seconds never go back; a value from before the bucket under way is left out.
  void add(double seconds, double bytes);
  void clear();

  // The buckets that are over, oldest first. The one under way is not there: its least value is
  // still to come.
  void points(std::vector<TrendPoint>& out) const;
  // Whether what is over spans nearly the whole window and most of its buckets have a value.
  [[nodiscard]] bool full() const;
  // Of all buckets that have left the window.
  [[nodiscard]] const LevelsBefore& before() const { return before_; }
  // Grows with each bucket that is over.
  [[nodiscard]] std::int64_t newest() const;
  [[nodiscard]] double seconds() const { return bucket_seconds_ * static_cast<double>(buckets_); }

 private:
  struct Bucket {
    std::int64_t number;  // of its time: seconds over the bucket's length
    TrendPoint least;
  };
  double bucket_seconds_;
  std::size_t buckets_;
  std::deque<Bucket> kept_;  // by number; the last is under way
  LevelsBefore before_;
};

}  // namespace wayside
