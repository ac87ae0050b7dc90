#include "agent/requests/window.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace wayside {
namespace {

// A slot this far ahead was written by a clock that has been set back since.
constexpr std::int64_t kClockStep = 60;

double in_seconds(std::uint64_t micros) {
  return static_cast<double>(micros) / 1e6;
}

}  // namespace

Window::Window(std::size_t buckets) : stride_(kFirstBucket + buckets) {}

std::int64_t Window::second_of(const Slot& slot) {
  std::int64_t second = 0;
  std::memcpy(&second, slot.get(), sizeof second);
  return second;
}

void Window::begin(Slot& slot, std::int64_t second) const {
  std::fill_n(slot.get(), stride_, 0U);
  std::memcpy(slot.get(), &second, sizeof second);
}

// Where a second is counted, cleared where it is new; nothing where it is too late.
std::uint32_t* Window::counts_of(std::int64_t second) {
  Slot& slot = slots_[static_cast<std::uint64_t>(second) % kSeconds];
  if (slot == nullptr) {
    slot = std::make_unique<std::uint32_t[]>(stride_);
    begin(slot, second);
  } else if (const std::int64_t held = second_of(slot); held != second) {
    if (held > second && held < second + kClockStep) return nullptr;
    begin(slot, second);
  }
  last_second_ = second;
  last_counts_ = slot.get();
  return last_counts_;
}

WindowFigures Window::at(std::int64_t second, const Buckets& bounds) const {
  WindowFigures figures;
  std::uint64_t errors = 0;
  std::vector<std::uint64_t> buckets(stride_ - kFirstBucket);
  for (const Slot& slot : slots_) {
    if (slot == nullptr) continue;
    const std::int64_t held = second_of(slot);
    if (held > second || held <= second - kSeconds) continue;
    errors += slot[kErrors];
    figures.requests += slot[kRequests];
    for (std::size_t i = 0; i < buckets.size(); ++i) buckets[i] += slot[kFirstBucket + i];
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
