#pragma once

#include <bit>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/family.h"
#include "agent/core/result.h"
#include "agent/core/sample.h"
#include "agent/core/time.h"
#include "agent/store/cells.h"

namespace wayside {

class StoredFamily;
class Store;

// A series as its writer knows it: the first of its cells. Stays valid as long as the store and
// the family's layout. Trivially copyable; a default one refers to nothing.
struct SeriesRef {
  Cell* cells = nullptr;
  bool overflow = false;  // the family was full: this is its overflow series

  explicit operator bool() const { return cells != nullptr; }
};

// One writer's part of the store. One thread at a time writes through it; no locks but at the
// birth of a series. Returned to the store on destruction, with all its counts kept: the next
// holder adds to them.
class Shard {
 public:
  Shard(Shard&& other) noexcept;
  Shard& operator=(Shard&&) = delete;
  ~Shard();

  // Finds the series or gives birth to it: takes a lock, for cold paths. Values stand in the
  // order of the family's label names; empty ones are left out of the text. At the family's cap
  // it yields the overflow series, and each such call counts in wayside_series_overflow_total.
  SeriesRef series(FamilyId family, std::span<const std::string_view> values);

  static void add(SeriesRef series, std::uint64_t by = 1) { series.cells->add(by); }
  static void set(SeriesRef series, double to) {
    series.cells->set(std::bit_cast<std::uint64_t>(to));
  }

 private:
  friend class Store;
  Shard(Store& store, std::uint32_t index) : store_(&store), index_(index) {}
  Store* store_;
  std::uint32_t index_;
};

// Bucket bounds of a histogram family, laid out for finding a bucket fast. Values are in
// microseconds; a value equal to a bound falls into that bound's bucket.
class Buckets {
 public:
  static constexpr std::size_t kMaxBounds = 62;
  explicit Buckets(std::span<const std::uint64_t> bounds_micros);

  [[nodiscard]] std::size_t index_of(std::uint64_t micros) const {
    std::size_t index = 0;
    for (std::size_t i = 0; i < size_; ++i) index += bounds_[i] < micros ? 1 : 0;
    return index;
  }
  [[nodiscard]] std::size_t size() const { return size_; }  // bounds, without +Inf
  [[nodiscard]] std::uint64_t bound(std::size_t i) const { return bounds_[i]; }

  void observe(SeriesRef series, Micros value) const {
    const auto micros = static_cast<std::uint64_t>(value.count() < 0 ? 0 : value.count());
    series.cells[index_of(micros)].add(1);
    series.cells[size_ + 1].add(micros);
  }

 private:
  std::uint64_t bounds_[kMaxBounds] = {};
  std::size_t size_ = 0;
};

// Series of the streaming collectors: identities shared by all shards, cells by shard, merged
// while they are written. `declare` and `shard` are thread-safe, `visit` too; a visit never waits
// for a writer and a writer never for a visit.
class Store final : public SampleSource {
 public:
  static constexpr std::uint32_t kMaxShards = 64;

  explicit Store(const Clock& clock);
  ~Store() override;

  // Declares a family, or finds it where one of this name stands. Another kind or other labels
  // under the same name are an error. A histogram with other bounds begins anew: its series are
  // dropped, and only then; no writer may hold refs of it at that time.
  Result<FamilyId> declare(const FamilyDesc& desc);

  // A shard that no one else holds; an error when kMaxShards are held.
  Result<Shard> shard();

  // The number of series of all families.
  [[nodiscard]] std::size_t size() const;

  void visit(SampleSink& sink) const override;

 private:
  friend class Shard;
  using Families = std::vector<std::shared_ptr<StoredFamily>>;
  [[nodiscard]] std::shared_ptr<const Families> families() const;

  const Clock& clock_;
  mutable std::mutex mutex_;  // guards the pointer and the shards' book, never held in a visit
  std::shared_ptr<const Families> families_;
  std::vector<bool> shard_held_;
};

}  // namespace wayside
