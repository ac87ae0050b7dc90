#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agent/core/request.h"
#include "agent/requests/hash.h"
#include "agent/requests/path_key.h"
#include "agent/requests/slow_rule.h"
#include "agent/requests/window.h"
#include "agent/store/cells.h"
#include "agent/store/store.h"

namespace wayside {

// The cells of one route's series, by what tells them apart. Most routes have few.
class SeriesCache {
 public:
  // Never zero.
  static std::uint32_t key(Method method, std::uint16_t status, bool measured) {
    return 1U << 31 | std::uint32_t{measured} << 24 | static_cast<std::uint32_t>(method) << 16 |
           status;
  }
  [[nodiscard]] Cell* find(std::uint32_t key) const {
    // Nothing branches on which it is: methods and statuses follow one another at random.
    std::uint32_t found = 0;
    for (std::uint32_t i = 0; i < kInline; ++i) found |= std::uint32_t{keys_[i] == key} << i;
    if (found != 0) return cells_[static_cast<std::size_t>(std::countr_zero(found))];
    return more_.empty() ? nullptr : find_more(key);
  }
  void put(std::uint32_t key, Cell* cells);

 private:
  static constexpr std::size_t kInline = 4;
  [[nodiscard]] Cell* find_more(std::uint32_t key) const;

  std::array<std::uint32_t, kInline> keys_{};
  std::array<Cell*, kInline> cells_{};
  std::vector<std::pair<std::uint32_t, Cell*>> more_;
};

// Of a route that had a slow request.
struct SlowState {
  StormLimit limit;
  SeriesRef counted;  // absent where the family is full
};

// What is known of one route of one service.
struct Route {
  PathKey key;            // all zero: paths do not find it
  std::string text;       // the template; empty: the requests without one
  bool answered = false;  // exists for certain: named, or a 2xx or 3xx answered
  Micros slow_after{0};
  SeriesCache series;
  std::unique_ptr<Window> window;   // from the first request on
  std::unique_ptr<SlowState> slow;  // from the first slow one on

  // What is needed to count a request, but for what stands elsewhere.
  void prefetch() const {
    __builtin_prefetch(&key);
    __builtin_prefetch(&text);
    __builtin_prefetch(&series);
    __builtin_prefetch(&window);
  }
};

// The routes met so far, by template. References stay valid. Grows with each new template; how
// many there may be is its user's to decide.
class RouteBook {
 public:
  explicit RouteBook(std::uint64_t seed) : seed_(seed), slots_(256), keyed_(256) {}

  [[nodiscard]] std::uint64_t hash(std::string_view text) const { return hash_text(text, seed_); }
  [[nodiscard]] Route* find(std::string_view text, std::uint64_t hash) {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
      const Slot& slot = slots_[at];
      if (slot.route == nullptr) return nullptr;
      if (slot.hash == hash && same_text(slot.route->text, text)) return slot.route;
    }
  }
  // Never zero.
  [[nodiscard]] std::uint64_t hash(const PathKey& key) const { return key.hash(seed_) | 1; }
  void prefetch(std::uint64_t hash) const { __builtin_prefetch(&keyed_[place_of(hash)]); }
  // The route whose paths most likely have the key of that hash; nothing where none has.
  [[nodiscard]] Route* first(std::uint64_t hash) const { return keyed_[place_of(hash)].route; }
  // The route whose paths have that key.
  [[nodiscard]] Route* find(const PathKey& key, std::uint64_t hash) {
    const std::size_t mask = keyed_.size() - 1;
    for (std::size_t at = place_of(hash);; at = (at + 1) & mask) {
      const Slot& slot = keyed_[at];
      if (slot.route == nullptr) return nullptr;
      if (slot.hash == hash && slot.route->key == key) return slot.route;
    }
  }
  // Only a template that `find` does not find.
  Route& add(std::string_view text, std::uint64_t hash);

  [[nodiscard]] std::deque<Route>& all() { return routes_; }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    Route* route = nullptr;
  };
  // Open addressing, a power of two, at most half full.
  using Slots = std::vector<Slot>;
  [[nodiscard]] std::size_t place_of(std::uint64_t key_hash) const {
    return key_hash >> 1 & (keyed_.size() - 1);
  }
  static void place(Slots& slots, Slot slot, unsigned shift);
  void grow(Slots& slots, unsigned shift);

  std::uint64_t seed_;
  std::deque<Route> routes_;
  Slots slots_;  // by the hash of the template
  Slots keyed_;  // by the hash of the key, those that have one
};

}  // namespace wayside
