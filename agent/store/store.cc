#include "agent/store/store.h"

#include <algorithm>
#include <set>
#include <utility>

#include "agent/core/labels.h"
#include "agent/store/family_check.h"
#include "agent/store/parts.h"
#include "agent/store/stored_family.h"

namespace wayside {
namespace {

constexpr std::string_view kSeries = "wayside_series";
constexpr std::string_view kOverflow = "wayside_series_overflow_total";

CellLayout layout_of(const FamilyDesc& desc) {
  CellLayout layout;
  if (desc.kind != Kind::histogram) return layout;
  layout.bounds = bounds_in_micros(desc.bounds);
  layout.native = desc.native;
  layout.cells = HistogramCells::kCells;
  return layout;
}

Result<void> check_same(const FamilyDesc& stored, const FamilyDesc& desc) {
  if (stored.kind != desc.kind) return Error{desc.name + ": declared before as another kind"};
  if (stored.labels != desc.labels) {
    return Error{desc.name + ": declared before with other labels"};
  }
  return {};
}

RenderedFamily own_family(std::string_view name, std::string_view help, Kind kind) {
  RenderedFamily family;
  family.desc.name = name;
  family.desc.help = help;
  family.desc.kind = kind;
  family.desc.labels = {"family"};
  return family;
}

void add_sample(RenderedFamily& to, std::string_view family, std::uint64_t value) {
  RenderedFamily::Sample sample;
  sample.type = Value::Type::integer;
  sample.integer = value;
  append_label(sample.labels, "family", family);
  to.samples.push_back(std::move(sample));
}

using ByName = std::vector<const StoredFamily*>;

std::vector<RenderedFamily> own_families(const ByName& families) {
  auto series = own_family(kSeries, "Series of a family that are held.", Kind::gauge);
  auto overflow = own_family(kOverflow,
                             "Lookups that found their family full and were given the overflow "
                             "series.",
                             Kind::counter);
  for (const StoredFamily* family : families) {
    add_sample(series, family->desc().name, family->size());
    add_sample(overflow, family->desc().name, family->overflowed());
  }
  std::vector<RenderedFamily> own;
  own.push_back(std::move(series));
  own.push_back(std::move(overflow));
  return own;
}

}  // namespace

static_assert(Store::kMaxShards == StoredFamily::kMaxShards);

Shard::Shard(Shard&& other) noexcept
    : store_(std::exchange(other.store_, nullptr)), index_(other.index_) {}

Shard::~Shard() {
  if (store_ != nullptr) store_->release(index_);
}

SeriesRef Shard::series(FamilyId family, std::span<const std::string_view> values) {
  const auto families = store_->families();
  if (family.index >= families->size()) return {};
  return (*families)[family.index]->series(index_, values, store_->clock_.wall());
}

HistogramWriter Shard::histogram(FamilyId family) {
  return store_->families()->at(family.index)->histogram(index_);
}

Store::Store(const Clock& clock)
    : clock_(clock), families_(std::make_shared<Families>()), shard_held_(kMaxShards) {}

Store::~Store() = default;

Result<FamilyId> Store::declare(const FamilyDesc& desc, std::string_view collector) {
  if (auto fit = check_family(desc); !fit) return fit.error();
  if (desc.name == kSeries || desc.name == kOverflow) {
    return Error{desc.name + ": the store's own"};
  }
  const std::lock_guard lock(mutex_);
  const auto named = [&](const auto& family) { return family->desc().name == desc.name; };
  const auto found = std::find_if(families_->begin(), families_->end(), named);
  const FamilyId id{static_cast<std::uint32_t>(found - families_->begin())};
  auto layout = layout_of(desc);
  if (found != families_->end()) {
    if (auto same = check_same((*found)->desc(), desc); !same) return same.error();
    if ((*found)->layout() == layout) {
      (*found)->add_collector(collector);
      (*found)->set_cap(desc.max_series, desc.overflow_keeps);
      return id;
    }
  }
  auto next = std::make_shared<Families>(*families_);
  if (found == families_->end()) next->emplace_back();
  auto family = std::make_shared<StoredFamily>(desc, std::move(layout));
  if (found != families_->end()) family->add_collectors(**found);
  family->add_collector(collector);
  (*next)[id.index] = std::move(family);
  families_ = std::move(next);
  return id;
}

void Store::clear() {
  const std::lock_guard lock(mutex_);
  auto empty = std::make_shared<Families>();
  for (const auto& family : *families_) {
    auto next = std::make_shared<StoredFamily>(family->desc(), family->layout());
    next->add_collectors(*family);
    empty->push_back(std::move(next));
  }
  families_ = std::move(empty);
}

Result<Shard> Store::shard() {
  const std::lock_guard lock(mutex_);
  const auto free = std::find(shard_held_.begin(), shard_held_.end(), false);
  if (free == shard_held_.end()) {
    return Error{"all " + std::to_string(kMaxShards) + " shards of the store are held"};
  }
  *free = true;
  return Shard(*this, static_cast<std::uint32_t>(free - shard_held_.begin()));
}

void Store::release(std::uint32_t shard) {
  const std::lock_guard lock(mutex_);
  shard_held_[shard] = false;
}

std::size_t Store::size() const {
  std::size_t total = 0;
  for (const auto& family : *families()) total += family->size();
  return total;
}

std::shared_ptr<const Store::Families> Store::families() const {
  const std::lock_guard lock(mutex_);
  return families_;
}

std::vector<SampleOrigin> Store::origins() const {
  std::set<std::string> collectors = {std::string(kSelf)};
  for (const auto& family : *families()) {
    for (std::string& name : family->collectors()) collectors.insert(std::move(name));
  }
  std::vector<SampleOrigin> origins;
  for (const std::string& name : collectors) origins.push_back({name, {}});
  return origins;
}

StoreParts Store::parts(const Selection& selection) const {
  StoreParts parts{.families = families(), .own = nullptr, .by_name = {}};
  ByName sorted;
  for (const auto& family : *parts.families) sorted.push_back(family.get());
  const auto name_of = [](const StoredFamily* family) -> const std::string& {
    return family->desc().name;
  };
  std::ranges::sort(sorted, {}, name_of);
  parts.own = std::make_unique<const std::vector<RenderedFamily>>(own_families(sorted));
  for (const StoredFamily* family : sorted) {
    if (family->is_taken_by(selection)) parts.by_name.emplace_back(*family);
  }
  if (selection.takes(kSelf, {})) {
    for (const RenderedFamily& family : *parts.own) parts.by_name.emplace_back(family);
  }
  const auto part_name = [](const FamilyPart& part) -> const std::string& {
    return part.desc().name;
  };
  std::ranges::sort(parts.by_name, {}, part_name);
  return parts;
}

void Store::visit(const Selection& selection, SampleSink& sink) const {
  const StoreParts parts = this->parts(selection);
  for (const FamilyPart& part : parts.by_name) {
    if (part.empty()) continue;
    sink.family(part.desc());
    part.samples(selection, sink);
  }
}

}  // namespace wayside
