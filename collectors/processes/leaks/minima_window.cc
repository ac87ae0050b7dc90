#include "collectors/processes/leaks/minima_window.h"

#include <algorithm>
#include <cmath>

namespace wayside {

MinimaWindow::MinimaWindow(double seconds, std::size_t buckets)
    : bucket_seconds_(seconds / static_cast<double>(buckets)), buckets_(buckets) {}

void MinimaWindow::add(double seconds, double bytes) {
  const auto number = static_cast<std::int64_t>(std::floor(seconds / bucket_seconds_));
  if (kept_.empty() || kept_.back().number < number) {
    kept_.push_back({number, {seconds, bytes}});
  } else if (kept_.back().number == number && bytes < kept_.back().least.bytes) {
    kept_.back().least = {seconds, bytes};
  }
  const std::int64_t oldest = kept_.back().number - static_cast<std::int64_t>(buckets_);
  while (kept_.front().number < oldest) {
    before_.add(kept_.front().least.bytes);
    kept_.pop_front();
  }
}

void MinimaWindow::clear() {
  kept_.clear();
  before_ = {};
}

void MinimaWindow::points(std::vector<TrendPoint>& out) const {
  out.clear();
  for (std::size_t i = 0; i + 1 < kept_.size(); ++i) out.push_back(kept_[i].least);
}

bool MinimaWindow::full() const {
  constexpr double kNearly = 0.85;
  constexpr double kMost = 0.5;
  if (kept_.size() < 2) return false;
  const auto all = static_cast<double>(buckets_);
  const auto spanned = static_cast<double>(newest() - kept_.front().number + 1);
  return spanned >= kNearly * all && static_cast<double>(kept_.size() - 1) >= kMost * all;
}

std::int64_t MinimaWindow::newest() const {
  return kept_.size() < 2 ? -1 : kept_[kept_.size() - 2].number;
}

}  // namespace wayside
