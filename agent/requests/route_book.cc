#include "agent/requests/route_book.h"

namespace wayside {

void SeriesCache::put(std::uint32_t key, Cell* cells) {
  for (std::size_t i = 0; i < kInline; ++i) {
    if (keys_[i] != 0) continue;
    keys_[i] = key;
    cells_[i] = cells;
    return;
  }
  more_.emplace_back(key, cells);
}

Cell* SeriesCache::find_more(std::uint32_t key) const {
  for (const auto& [known, cells] : more_) {
    if (known == key) return cells;
  }
  return nullptr;
}

Route& RouteBook::add(std::string_view text, std::uint64_t hash) {
  Route& route = routes_.emplace_back();
  route.text = text;
  if (routes_.size() * 2 > slots_.size()) {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (const Slot& slot : old) {
      if (slot.route != nullptr) place(slot);
    }
  }
  place({hash, &route});
  return route;
}

void RouteBook::place(Slot slot) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = slot.hash & mask;
  while (slots_[at].route != nullptr) at = (at + 1) & mask;
  slots_[at] = slot;
}

}  // namespace wayside
