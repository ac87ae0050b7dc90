#include "collectors/processes/places.h"

#include <algorithm>

namespace wayside {

std::optional<std::size_t> Places::take(const Process& process) {
  auto free = std::find_if(seats_.begin(), seats_.end(),
                           [](const Seat& seat) { return seat.holder == nullptr; });
  if (free == seats_.end()) {
    if (seats_.size() >= most_) return std::nullopt;
    free = seats_.emplace(seats_.end());
  }
  if (free->used && free->ended) ++free->restarts;
  free->used = true;
  free->ended = false;
  free->holder = &process;
  return static_cast<std::size_t>(free - seats_.begin());
}

void Places::leave(std::size_t index, bool ended, SteadyTime now) {
  Seat& seat = seats_[index];
  seat.holder = nullptr;
  seat.ended = ended;
  seat.freed = now;
}

void Places::forget(SteadyTime now) {
  for (Seat& seat : seats_) {
    if (seat.used && seat.holder == nullptr && now - seat.freed >= kForgotten) seat = Seat{};
  }
  while (!seats_.empty() && !seats_.back().used) seats_.pop_back();
}

}  // namespace wayside
