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
  route.key = key_of_template(text);
  if (routes_.size() * 2 > slots_.size()) {
    grow(slots_, 0);
    grow(keyed_, 1);
  }
  place(slots_, {hash, &route}, 0);
  if (route.key != PathKey{}) place(keyed_, {this->hash(route.key), &route}, 1);
  return route;
}

void RouteBook::grow(Slots& slots, unsigned shift) {
  Slots old(slots.size() * 2);
  old.swap(slots);
  for (const Slot& slot : old) {
    if (slot.route != nullptr) place(slots, slot, shift);
  }
}

void RouteBook::place(Slots& slots, Slot slot, unsigned shift) {
  const std::size_t mask = slots.size() - 1;
  std::size_t at = slot.hash >> shift & mask;
  while (slots[at].route != nullptr) at = (at + 1) & mask;
  slots[at] = slot;
}

}  // namespace wayside
