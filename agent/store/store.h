#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>
#include <vector>

#include "agent/core/family.h"
#include "agent/core/result.h"
#include "agent/core/sample.h"
#include "agent/core/time.h"
#include "agent/store/buckets.h"
#include "agent/store/cells.h"
#include "agent/store/histogram_writer.h"

namespace wayside {

class StoredFamily;
class Store;
struct StoreParts;

// One writer's part of the store. One thread at a time writes through it; no locks but at the
// birth of a series. Returned to the store on destruction, with all its counts kept: the next
// holder adds to them. The store outlives it.
class Shard {
 public:
  Shard(Shard&& other) noexcept;
  Shard& operator=(Shard&&) = delete;
  ~Shard();

  // Finds the series or gives birth to it: takes a lock, for cold paths. Values stand in the
  // order of the family's label names; empty ones are left out of the text, missing ones count
  // as empty. At the family's cap it yields the overflow series, and each such call counts in
  // wayside_series_overflow_total. An id of another store gives a ref to nothing.
  SeriesRef series(FamilyId family, std::span<const std::string_view> values);

  // How durations are observed in a family, which has to be a histogram of this store. The writer
  // stays valid as long as the family's layout, and writes to series of this family and shard.
  HistogramWriter histogram(FamilyId family);

  static void add(SeriesRef series, std::uint64_t by = 1) { series.cells->add(by); }
  // Of a gauge. A scrape adds up what the shards have set; a series that none has set is absent.
  static void set(SeriesRef series, double to) { series.cells->set(cell_of(to)); }
  static void unset(SeriesRef series) { series.cells->set(0); }

 private:
  friend class Store;
  Shard(Store& store, std::uint32_t index) : store_(&store), index_(index) {}
  Store* store_;
  std::uint32_t index_;
};

// Series of the streaming collectors: identities shared by all shards, cells by shard, merged
// while they are written. `declare` and `shard` are thread-safe, `visit` too; a visit never waits
// for a writer and a writer never for a visit.
//
// The store tells of itself in the same visit: wayside_series{family} and
// wayside_series_overflow_total{family}.
class Store final : public SampleSource {
 public:
  static constexpr std::uint32_t kMaxShards = 64;
  // The collector of what the agent tells of itself.
  static constexpr std::string_view kSelf = "self";

  explicit Store(const Clock& clock);
  ~Store() override;

  // Declares a family, or finds it where one of this name stands; the cap is then the one
  // declared last. Another kind or other labels under the same name are an error, as are names
  // and bounds that no scrape could carry. A histogram with other bounds, or with and without
  // native buckets, begins anew: its series are dropped, and only then; no writer may hold refs of
  // it at that time.
  // Several collectors may declare one family, and each selects it.
  Result<FamilyId> declare(const FamilyDesc& desc, std::string_view collector = kSelf);

  // Drops the series of every family, as when all of them become others by a constant label. No
  // writer may hold refs at that time.
  void clear();

  // A shard that no one else holds; an error when kMaxShards are held.
  Result<Shard> shard();

  // The number of series of all families.
  [[nodiscard]] std::size_t size() const;

  [[nodiscard]] std::vector<SampleOrigin> origins() const override;
  using SampleSource::visit;
  void visit(const Selection& selection, SampleSink& sink) const override;

  // The same, family by family, for whoever merges it with other sources.
  [[nodiscard]] StoreParts parts(const Selection& selection) const;

 private:
  friend class Shard;
  using Families = std::vector<std::shared_ptr<StoredFamily>>;
  [[nodiscard]] std::shared_ptr<const Families> families() const;
  void release(std::uint32_t shard);

  const Clock& clock_;
  mutable std::mutex mutex_;  // guards the pointer and the shards' book, never held in a visit
  std::shared_ptr<const Families> families_;
  std::vector<bool> shard_held_;
};

}  // namespace wayside
