#include "agent/requests/route_book.h"

namespace wayside {

void SeriesCache::put(std::uint32_t key, Cell* cells) {
  for (std::size_t i = 0; i < kInline; ++i) {
    if (keys_[i] != 0) continue;
    keys_[i] = key;
    cells_[i] = cells;
    return;
  }
  if (more_ == nullptr) more_ = std::make_unique<std::vector<std::pair<std::uint32_t, Cell*>>>();
  more_->emplace_back(key, cells);
}

Cell* SeriesCache::find_more(std::uint32_t key) const {
  for (const auto& [known, cells] : *more_) {
    if (known == key) return cells;
  }
  return nullptr;
}

Route& RouteBook::add(std::string_view text) {
  if (size_ % kChunk == 0) routes_.push_back(std::make_unique<Route[]>(kChunk));
  const std::uint32_t number = ++size_;
  Route& route = at(number);
  route.text = texts_.keep(text);
  route.key = key_of_template(text);
  if (std::size_t{size_} * 4 > by_text_.size() * 3) {
    grow();
  } else {
    enter(number);
  }
  return route;
}

void RouteBook::enter(std::uint32_t number) {
  const Route& route = at(number);
  by_text_.put(hash(route.text), number);
  if (route.key != PathKey{}) by_key_.put(hash(route.key), number);
}

void RouteBook::grow() {
  by_text_ = Slots(by_text_.size() * 2);
  by_key_ = Slots(by_text_.size());
  for (std::uint32_t number = 1; number <= size_; ++number) enter(number);
}

void RouteBook::Slots::put(std::uint64_t hash, std::uint32_t route) {
  std::size_t at = place_of(hash);
  while (slots_[at].route != 0) at = (at + 1) & (slots_.size() - 1);
  slots_[at] = {tag_of(hash), route};
}

}  // namespace wayside
