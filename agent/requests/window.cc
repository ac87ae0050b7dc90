#include "agent/requests/window.h"

#include <algorithm>

namespace wayside {
namespace {

// A slot this far ahead was written by a clock that has been set back since.
constexpr std::int64_t kClockStep = 60;
constexpr std::int64_t kNever = INT64_MIN;

double in_seconds(std::uint64_t micros) {
  return static_cast<double>(micros) / 1e6;
}

}  // namespace

Window::Window(std::size_t buckets)
    : stride_(kFirstBucket + buckets), counts_(stride_ * static_cast<std::size_t>(kSeconds)) {
  second_of_.fill(kNever);
}

void Window::add(std::int64_t second, std::size_t bucket, bool error) {
  const auto slot = static_cast<std::size_t>(static_cast<std::uint64_t>(second) % kSeconds);
  std::uint32_t* const counts = counts_.data() + slot * stride_;
  if (second_of_[slot] != second) {
    if (second_of_[slot] > second && second_of_[slot] < second + kClockStep) return;
    std::fill_n(counts, stride_, 0U);
    second_of_[slot] = second;
  }
  counts[kErrors] += error ? 1 : 0;
  counts[kRequests] += 1;
  if (kFirstBucket + bucket < stride_) counts[kFirstBucket + bucket] += 1;
}

WindowFigures Window::at(std::int64_t second, const Buckets& bounds) const {
  WindowFigures figures;
  std::uint64_t errors = 0;
  std::vector<std::uint64_t> buckets(stride_ - kFirstBucket);
  for (std::size_t slot = 0; slot < second_of_.size(); ++slot) {
    if (second_of_[slot] == kNever || second_of_[slot] > second) continue;
    if (second_of_[slot] <= second - kSeconds) continue;
    const std::uint32_t* const counts = counts_.data() + slot * stride_;
    errors += counts[kErrors];
    figures.requests += counts[kRequests];
    for (std::size_t i = 0; i < buckets.size(); ++i) buckets[i] += counts[kFirstBucket + i];
  }
  if (figures.requests == 0) return figures;
  figures.error_share = static_cast<double>(errors) / static_cast<double>(figures.requests);
  figures.p50 = quantile(buckets, bounds, 0.5);
  figures.p99 = quantile(buckets, bounds, 0.99);
  return figures;
}

std::optional<double> quantile(std::span<const std::uint64_t> counts, const Buckets& bounds,
                               double share) {
  std::uint64_t all = 0;
  for (const std::uint64_t count : counts) all += count;
  if (all == 0 || bounds.size() == 0) return std::nullopt;
  const double rank = share * static_cast<double>(all);
  std::uint64_t below = 0;
  for (std::size_t i = 0; i < counts.size() && i < bounds.size(); ++i) {
    const std::uint64_t upto = below + counts[i];
    if (counts[i] != 0 && static_cast<double>(upto) >= rank) {
      const double low = i == 0 ? 0 : in_seconds(bounds.bound(i - 1));
      const double part = (rank - static_cast<double>(below)) / static_cast<double>(counts[i]);
      return low + (in_seconds(bounds.bound(i)) - low) * part;
    }
    below = upto;
  }
  return in_seconds(bounds.bound(bounds.size() - 1));
}

}  // namespace wayside
