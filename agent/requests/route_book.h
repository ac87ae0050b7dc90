#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agent/core/request.h"
#include "agent/requests/hash.h"
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
    for (std::size_t i = 0; i < kInline; ++i) {
      if (keys_[i] == key) return cells_[i];
    }
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
  std::string text;       // the template; empty: the requests without one
  bool answered = false;  // exists for certain: named, or a 2xx or 3xx answered
  Micros slow_after{0};
  SeriesCache series;
  std::unique_ptr<Window> window;   // from the first request on
  std::unique_ptr<SlowState> slow;  // from the first slow one on
};

// The routes met so far, by template. References stay valid. Grows with each new template; how
// many there may be is its user's to decide.
class RouteBook {
 public:
  explicit RouteBook(std::uint64_t seed) : seed_(seed), slots_(256) {}

  [[nodiscard]] std::uint64_t hash(std::string_view text) const { return hash_text(text, seed_); }
  [[nodiscard]] Route* find(std::string_view text, std::uint64_t hash) {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
      const Slot& slot = slots_[at];
      if (slot.route == nullptr) return nullptr;
      if (slot.hash == hash && same_text(slot.route->text, text)) return slot.route;
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
  void place(Slot slot);

  std::uint64_t seed_;
  std::deque<Route> routes_;
  std::vector<Slot> slots_;  // open addressing, a power of two, at most half full
};

}  // namespace wayside
