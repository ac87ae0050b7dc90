#include "agent/store/exposition.h"

#include <algorithm>

#include "agent/core/labels.h"
#include "agent/store/family_merge.h"
#include "agent/store/parts.h"

namespace wayside {

void Snapshot::publish(std::vector<RenderedFamily> families) {
  auto next = std::make_shared<const std::vector<RenderedFamily>>(std::move(families));
  const std::lock_guard lock(mutex_);
  families_.swap(next);
}

std::shared_ptr<const std::vector<RenderedFamily>> Snapshot::read() const {
  const std::lock_guard lock(mutex_);
  return families_;
}

void LeftOut::count(std::string_view family, std::string_view reason, std::uint64_t by) {
  if (by == 0) return;
  // As it will be shown: two bad names may be mended into one, and a series must not come twice.
  auto key = std::pair(label_value(family), std::string(reason));
  const std::lock_guard lock(mutex_);
  if (counts_.size() >= kMaxRows && !counts_.contains(key)) key.first = "_other";
  counts_[std::move(key)] += by;
}

RenderedFamily LeftOut::rendered() const {
  RenderedFamily family;
  family.desc.name = "wayside_exposition_conflicts_total";
  family.desc.help = "Samples that no scrape could carry and that were left out of one.";
  family.desc.kind = Kind::counter;
  family.desc.labels = {"family", "reason"};
  const std::lock_guard lock(mutex_);
  for (const auto& [key, count] : counts_) {
    RenderedFamily::Sample sample;
    sample.type = Value::Type::integer;
    sample.integer = count;
    append_label(sample.labels, "family", key.first);
    append_label(sample.labels, "reason", key.second);
    family.samples.push_back(std::move(sample));
  }
  return family;
}

void Exposition::add(std::shared_ptr<const Snapshot> snapshot, SampleOrigin origin) {
  const std::lock_guard lock(mutex_);
  polled_.push_back({std::move(snapshot), std::move(origin)});
}

void Exposition::remove(const std::shared_ptr<const Snapshot>& snapshot) {
  const std::lock_guard lock(mutex_);
  std::erase_if(polled_, [&snapshot](const Polled& polled) { return polled.snapshot == snapshot; });
}

std::vector<SampleOrigin> Exposition::origins() const {
  std::vector<SampleOrigin> all = store_.origins();
  {
    const std::lock_guard lock(mutex_);
    for (const Polled& polled : polled_) all.push_back(polled.origin);
  }
  std::ranges::sort(all);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

void Exposition::add(std::shared_ptr<prometheus::Collectable> collectable) {
  const std::lock_guard lock(mutex_);
  collectables_.push_back(std::move(collectable));
}

void Exposition::remove(const std::shared_ptr<prometheus::Collectable>& collectable) {
  const std::lock_guard lock(mutex_);
  std::erase(collectables_, collectable);
}

void Exposition::visit(const Selection& selection, SampleSink& sink) const {
  const StoreParts stored = store_.parts(selection);
  const RenderedFamily conflicts = left_out_.rendered();
  const auto sources = rendered(selection);

  std::vector<FamilyPart> parts = stored.by_name;
  if (selection.takes(Store::kSelf, {})) parts.emplace_back(conflicts);
  for (const Families& source : sources) {
    for (const RenderedFamily& family : *source) {
      left_out_.count(family.desc.name, "invalid", family.invalid);
      if (!family.samples.empty()) parts.emplace_back(family);
    }
  }
  merge_families(std::move(parts), selection, sink, left_out_);
}

std::vector<Exposition::Families> Exposition::rendered(const Selection& selection) const {
  std::vector<Polled> polled;
  std::vector<std::shared_ptr<prometheus::Collectable>> collectables;
  {
    const std::lock_guard lock(mutex_);
    polled = polled_;
    collectables = collectables_;
  }
  std::vector<Families> all;
  all.reserve(polled.size() + collectables.size());
  for (const auto& [snapshot, origin] : polled) {
    if (selection.takes(origin.collector, origin.target)) all.push_back(snapshot->read());
  }
  if (!selection.takes(Store::kSelf, {})) return all;
  for (const auto& collectable : collectables) all.push_back(collect(*collectable));
  return all;
}

Exposition::Families Exposition::collect(prometheus::Collectable& collectable) const {
  auto all = std::make_shared<std::vector<RenderedFamily>>();
  try {
    for (const auto& family : collectable.Collect()) {
      auto rendered = render_family(family, {});
      if (rendered) {
        all->push_back(std::move(*rendered));
      } else {
        left_out_.count(family.name, "kind", family.metric.size());
      }
    }
  } catch (...) {  // whatever a library throws: its families are absent, the rest is not
    left_out_.count("_other", "failed", 1);
  }
  return all;
}

}  // namespace wayside
