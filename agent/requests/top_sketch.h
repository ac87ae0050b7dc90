#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wayside {

// What was wrong with a request that is counted here.
struct Trouble {
  bool slow = false;
  bool failed = false;  // 5xx
};

// The keys that were seen most, of any number of keys, in a fixed number of counters: Space-Saving
// (Metwally, Agrawal and El Abbadi, "Efficient Computation of Frequent and Top-k Elements in Data
// Streams", ICDT 2005). A key that has more than a 64th of all is never missing. One thread at a
// time.
class TopSketch {
 public:
  static constexpr std::size_t kCounters = 64;
  static constexpr std::size_t kMaxKey = 128;  // bytes; the rest of a longer key is cut

  struct Counter {
    std::string key;
    std::uint64_t count = 0;   // at most so often, and
    std::uint64_t error = 0;   // at least so much less
    std::uint64_t slow = 0;    // at least; of those
    std::uint64_t failed = 0;  // at least; of those
  };

  explicit TopSketch(std::uint64_t seed) : seed_(seed) {}

  void add(std::string_view key, Trouble trouble);
  void clear();

  [[nodiscard]] bool empty() const { return counters_.empty(); }
  [[nodiscard]] const std::vector<Counter>& counters() const { return counters_; }
  // A key that has no counter was seen at most so often.
  [[nodiscard]] std::uint64_t unseen() const;

 private:
  Counter& counter_of(std::string_view key);

  std::uint64_t seed_;
  std::array<std::uint64_t, kCounters> hashes_{};
  std::vector<Counter> counters_;
};

// What two sketches of adjacent spans hold together, most first; bounds and all.
std::vector<TopSketch::Counter> merge(const TopSketch& before, const TopSketch& now);

}  // namespace wayside
