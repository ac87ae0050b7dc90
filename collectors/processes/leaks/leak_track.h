#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "collectors/processes/leaks/evidence.h"
#include "collectors/processes/leaks/minima_window.h"

namespace wayside {

// Follows one level of memory through windows of several lengths and says when it is a leak. A
// suspicion ends when no window's evidence has held for as long as the window that raised it, but
// ten minutes at most. Bounded: a few kilobytes, whatever it is told.
class LeakTrack {
 public:
  enum class Change : std::uint8_t { none, suspected, over };

  // `rules` outlives it.
  explicit LeakTrack(const LeakRules& rules);

  // The level at a moment: seconds after any fixed moment.
  void add(double seconds, double bytes);
  // Weighs what is new. `now` on the same clock.
  Change weigh(double now, TrendRoom& room);

  // Absent until a window is full for the first time: the shortest, but where looks are rare.
  [[nodiscard]] std::optional<bool> suspected() const;
  // Of the window that raised the suspicion; else of the second shortest, as far as it is known.
  [[nodiscard]] const Evidence& evidence() const;

 private:
  struct Window {
    MinimaWindow levels;
    Evidence evidence;
    std::int64_t weighed = -1;  // the newest bucket then
  };
  void weigh_window(Window& window, bool whole, TrendRoom& room) const;
  [[nodiscard]] bool any_holds() const;
  Change raise(double now);

  const LeakRules* rules_;
  std::vector<Window> windows_;
  bool known_ = false;
  std::optional<std::size_t> raised_by_;
  double held_at_ = 0;
};

}  // namespace wayside
