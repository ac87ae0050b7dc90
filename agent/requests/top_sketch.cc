#include "agent/requests/top_sketch.h"

#include <algorithm>
#include <map>

#include "agent/requests/hash.h"

namespace wayside {
namespace {

bool rarer(const TopSketch::Counter& a, const TopSketch::Counter& b) {
  return a.count < b.count;
}

// Most first; of equals those that are surer, and then by name, so that an order is one order.
bool comes_first(const TopSketch::Counter& a, const TopSketch::Counter& b) {
  if (a.count != b.count) return a.count > b.count;
  if (a.error != b.error) return a.error < b.error;
  return a.key < b.key;
}

void add_to(TopSketch::Counter& sum, const TopSketch::Counter& part) {
  sum.count += part.count;
  sum.error += part.error;
  sum.slow += part.slow;
  sum.failed += part.failed;
}

}  // namespace

void TopSketch::add(std::string_view key, Trouble trouble) {
  Counter& counter = counter_of(key.substr(0, kMaxKey));
  ++counter.count;
  counter.slow += trouble.slow ? 1 : 0;
  counter.failed += trouble.failed ? 1 : 0;
}

TopSketch::Counter& TopSketch::counter_of(std::string_view key) {
  const std::uint64_t hash = hash_text(key, seed_);
  for (std::size_t i = 0; i < counters_.size(); ++i) {
    if (hashes_[i] == hash && counters_[i].key == key) return counters_[i];
  }
  if (counters_.size() < kCounters) {
    hashes_[counters_.size()] = hash;
    return counters_.emplace_back(Counter{.key = std::string(key)});
  }
  // The newcomer takes the place of the rarest, whose count is how much it may have missed.
  const auto rarest = std::min_element(counters_.begin(), counters_.end(), rarer);
  hashes_[static_cast<std::size_t>(rarest - counters_.begin())] = hash;
  *rarest = Counter{.key = std::string(key), .count = rarest->count, .error = rarest->count};
  return *rarest;
}

void TopSketch::clear() {
  counters_.clear();
}

std::uint64_t TopSketch::unseen() const {
  if (counters_.size() < kCounters) return 0;
  return std::min_element(counters_.begin(), counters_.end(), rarer)->count;
}

std::vector<TopSketch::Counter> merge(const TopSketch& before, const TopSketch& now) {
  std::map<std::string_view, TopSketch::Counter> sums;
  const auto take = [&sums](const TopSketch& from, const TopSketch& other) {
    for (const TopSketch::Counter& counter : from.counters()) {
      const auto same = std::ranges::find(other.counters(), counter.key, &TopSketch::Counter::key);
      TopSketch::Counter& sum = sums[counter.key];
      sum.key = counter.key;
      add_to(sum, counter);
      if (same != other.counters().end()) continue;
      sum.count += other.unseen();
      sum.error += other.unseen();
    }
  };
  take(before, now);
  take(now, before);
  std::vector<TopSketch::Counter> all;
  all.reserve(sums.size());
  for (auto& [key, sum] : sums) all.push_back(std::move(sum));
  std::ranges::sort(all, comes_first);
  return all;
}

}  // namespace wayside
