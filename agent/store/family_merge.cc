#include "agent/store/family_merge.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>

#include "agent/store/exposition.h"
#include "agent/store/label_text.h"

namespace wayside {
namespace {

using Group = std::span<const FamilyPart>;

// Lets each series of one family through once, and the family with the first of them.
class UniqueSink final : public SampleSink {
 public:
  UniqueSink(const FamilyDesc& desc, SampleSink& to) : desc_(desc), to_(to) {}

  void family(const FamilyDesc&) override {}
  void samples(std::span<const SampleView> samples) override {
    kept_.clear();
    for (const SampleView& sample : samples) {
      if (seen_.insert(canonical_labels(sample.labels)).second) kept_.push_back(sample);
    }
    repeated_ += samples.size() - kept_.size();
    if (kept_.empty()) return;
    if (!begun_) to_.family(desc_);
    begun_ = true;
    to_.samples(kept_);
  }
  [[nodiscard]] std::uint64_t repeated() const { return repeated_; }

 private:
  const FamilyDesc& desc_;
  SampleSink& to_;
  bool begun_ = false;
  std::unordered_set<std::string> seen_;
  std::vector<SampleView> kept_;
  std::uint64_t repeated_ = 0;
};

class CountingSink final : public SampleSink {
 public:
  void family(const FamilyDesc&) override {}
  void samples(std::span<const SampleView> samples) override { count_ += samples.size(); }
  [[nodiscard]] std::uint64_t count() const { return count_; }

 private:
  std::uint64_t count_ = 0;
};

std::uint64_t count_samples(const FamilyPart& part) {
  CountingSink sink;
  part.samples({}, sink);
  return sink.count();
}

std::string_view name_of(const FamilyPart& part) {
  return part.desc().name;
}

// The first one's description, with the label names of all.
FamilyDesc common_desc(Group group) {
  FamilyDesc desc = group.front().desc();
  for (const FamilyPart& part : group.subspan(1)) {
    for (const std::string& label : part.desc().labels) {
      if (std::ranges::find(desc.labels, label) == desc.labels.end()) desc.labels.push_back(label);
    }
  }
  return desc;
}

void yield_one(const FamilyPart& part, const Selection& selection, SampleSink& sink) {
  if (part.empty()) return;
  sink.family(part.desc());
  part.samples(selection, sink);
}

void yield_several(Group group, const Selection& selection, SampleSink& sink, LeftOut& left_out) {
  const FamilyDesc desc = common_desc(group);
  UniqueSink unique(desc, sink);
  for (const FamilyPart& part : group) {
    if (part.desc().kind == desc.kind) {
      part.samples(selection, unique);
    } else {
      left_out.count(desc.name, "kind", count_samples(part));
    }
  }
  left_out.count(desc.name, "duplicate", unique.repeated());
}

// Names of the histograms passed so far. Their samples are called name_bucket, name_count and
// name_sum, and in OpenMetrics may be called name_created: so can no other family beside them.
class Histograms {
 public:
  void pass(const FamilyDesc& desc) {
    if (desc.kind == Kind::histogram) names_.insert(desc.name);
  }
  [[nodiscard]] bool shadow(std::string_view name) const {
    for (const std::string_view suffix : {"_bucket", "_count", "_sum", "_created"}) {
      if (!name.ends_with(suffix)) continue;
      if (names_.contains(name.substr(0, name.size() - suffix.size()))) return true;
    }
    return false;
  }

 private:
  std::set<std::string, std::less<>> names_;
};

}  // namespace

void merge_families(std::vector<FamilyPart> parts, const Selection& selection, SampleSink& sink,
                    LeftOut& left_out) {
  std::ranges::stable_sort(parts, {}, name_of);
  Histograms histograms;
  for (std::size_t from = 0; from < parts.size();) {
    const std::string_view name = name_of(parts[from]);
    std::size_t to = from + 1;
    while (to < parts.size() && name_of(parts[to]) == name) ++to;
    const Group group(&parts[from], to - from);
    from = to;
    if (histograms.shadow(name)) {
      for (const FamilyPart& part : group) left_out.count(name, "shadowed", count_samples(part));
      continue;
    }
    histograms.pass(group.front().desc());
    if (group.size() == 1) {
      yield_one(group.front(), selection, sink);
    } else {
      yield_several(group, selection, sink, left_out);
    }
  }
}

}  // namespace wayside
