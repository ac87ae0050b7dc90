#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "agent/core/request.h"
#include "agent/requests/hash.h"
#include "agent/requests/path_key.h"
#include "agent/requests/slow_rule.h"
#include "agent/requests/text_arena.h"
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
    return more_ == nullptr ? nullptr : find_more(key);
  }
  void put(std::uint32_t key, Cell* cells);

 private:
  static constexpr std::size_t kInline = 4;
  [[nodiscard]] Cell* find_more(std::uint32_t key) const;

  std::array<std::uint32_t, kInline> keys_{};
  std::array<Cell*, kInline> cells_{};
  std::unique_ptr<std::vector<std::pair<std::uint32_t, Cell*>>> more_;
};

// Of a route that had a slow request.
struct SlowState {
  StormLimit limit;
  SeriesRef counted;  // absent where the family is full
};

// What is known of one route of one service.
struct Route {
  PathKey key;            // all zero: paths do not find it
  std::string_view text;  // the template, kept by the book; empty: the requests without one
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

// The routes met so far, by template and by the key of its paths. References stay valid. Grows
// with each new template; how many there may be is its user's to decide.
class RouteBook {
 public:
  explicit RouteBook(std::uint64_t seed) : seed_(seed), by_text_(256), by_key_(256) {}

  [[nodiscard]] std::uint64_t hash(std::string_view text) const { return hash_text(text, seed_); }
  [[nodiscard]] Route* find(std::string_view text, std::uint64_t hash) const {
    return by_text_.find(hash, *this,
                         [text](const Route& route) { return same_text(route.text, text); });
  }

  // Never zero.
  [[nodiscard]] std::uint64_t hash(const PathKey& key) const { return key.hash(seed_) | 1; }
  // The route whose paths have that key.
  [[nodiscard]] Route* find(const PathKey& key, std::uint64_t hash) const {
    return by_key_.find(hash, *this, [&key](const Route& route) { return route.key == key; });
  }
  // For who looks for many: asks for the memory of one place, and the route that stands there,
  // which most often is the one whose key has the hash.
  void prefetch(std::uint64_t key_hash) const { __builtin_prefetch(&by_key_.first(key_hash)); }
  [[nodiscard]] Route* first(std::uint64_t key_hash) const {
    const Slot& slot = by_key_.first(key_hash);
    return slot.route == 0 ? nullptr : &at(slot.route);
  }

  // Only a template that `find` does not find.
  Route& add(std::string_view text);

 private:
  struct Slot {
    std::uint32_t tag = 0;    // of the hash, what does not make its place
    std::uint32_t route = 0;  // its number from 1 on; 0: free
  };
  // Open addressing, a power of two, at most three quarters full.
  class Slots {
   public:
    explicit Slots(std::size_t size) : slots_(size) {}
    [[nodiscard]] std::size_t size() const { return slots_.size(); }
    [[nodiscard]] const Slot& first(std::uint64_t hash) const { return slots_[place_of(hash)]; }
    template <typename Same>
    [[nodiscard]] Route* find(std::uint64_t hash, const RouteBook& book, Same same) const {
      for (std::size_t at = place_of(hash);; at = (at + 1) & (slots_.size() - 1)) {
        const Slot& slot = slots_[at];
        if (slot.route == 0) return nullptr;
        if (slot.tag != tag_of(hash)) continue;
        if (Route& route = book.at(slot.route); same(route)) return &route;
      }
    }
    void put(std::uint64_t hash, std::uint32_t route);

   private:
    static std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash); }
    [[nodiscard]] std::size_t place_of(std::uint64_t hash) const {
      return hash >> 32 & (slots_.size() - 1);
    }
    std::vector<Slot> slots_;
  };

  static constexpr std::size_t kChunk = 64;
  [[nodiscard]] Route& at(std::uint32_t number) const {
    return routes_[(number - 1) / kChunk][(number - 1) % kChunk];
  }
  void enter(std::uint32_t number);
  void grow();

  std::uint64_t seed_;
  TextArena texts_;
  std::vector<std::unique_ptr<Route[]>> routes_;  // in chunks, of which the last may have room
  std::uint32_t size_ = 0;
  Slots by_text_;
  Slots by_key_;  // those that have one
};

}  // namespace wayside
