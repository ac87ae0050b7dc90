#include "collectors/processes/leaks/leak_track.h"

#include <algorithm>

namespace wayside {
namespace {

constexpr std::size_t kShown = 1;  // the window whose slope is told while nothing is suspected

}  // namespace

LeakTrack::LeakTrack(const LeakRules& rules) : rules_(&rules) {
  for (const double seconds : rules.windows) {
    windows_.push_back({MinimaWindow(seconds, rules.buckets), {}, -1});
  }
}

void LeakTrack::add(double seconds, double bytes) {
  for (Window& window : windows_) window.levels.add(seconds, bytes);
}

void LeakTrack::weigh_window(Window& window, bool whole, TrendRoom& room) const {
  if (window.levels.newest() == window.weighed) return;
  window.weighed = window.levels.newest();
  window.levels.points(room.points);
  const bool shown = &window == &windows_[kShown];
  window.evidence = shown || rose(room.points, *rules_)
                        ? wayside::weigh(room.points, window.levels.before(), *rules_, room)
                        : Evidence{};
  // Before a window is full its slope is shown, but it names nothing.
  if (!whole) window.evidence.grows = window.evidence.holds = false;
}

LeakTrack::Change LeakTrack::weigh(double now, TrendRoom& room) {
  for (std::size_t i = 0; i < windows_.size(); ++i) {
    const bool whole = windows_[i].levels.full();
    known_ = known_ || whole;
    if (whole || i == kShown) {
      weigh_window(windows_[i], whole, room);
    } else {
      windows_[i].evidence = {};
    }
  }
  if (!raised_by_) return raise(now);
  if (any_holds()) held_at_ = now;
  const double doubt = std::min(windows_[*raised_by_].levels.seconds(), rules_->longest_doubt);
  if (now - held_at_ < doubt) return Change::none;
  raised_by_.reset();
  return Change::over;
}

LeakTrack::Change LeakTrack::raise(double now) {
  for (std::size_t i = 0; i < windows_.size(); ++i) {
    if (!windows_[i].evidence.grows) continue;
    raised_by_ = i;
    held_at_ = now;
    return Change::suspected;
  }
  return Change::none;
}

bool LeakTrack::any_holds() const {
  return std::any_of(windows_.begin(), windows_.end(),
                     [](const Window& window) { return window.evidence.holds; });
}

std::optional<bool> LeakTrack::suspected() const {
  return known_ ? std::optional(raised_by_.has_value()) : std::nullopt;
}

const Evidence& LeakTrack::evidence() const {
  return windows_[raised_by_.value_or(kShown)].evidence;
}

}  // namespace wayside
