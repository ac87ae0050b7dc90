#include "collectors/processes/group_cgroups.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace wayside {
namespace {

// The distinct texts among a group's members, in the order the members started in.
std::vector<std::string_view> texts_of(const Group& group) {
  std::vector<std::string_view> texts;
  for (const Process* process : group.members()) {
    const std::string_view text = process->member->cgroup;
    if (text.empty() || std::find(texts.begin(), texts.end(), text) != texts.end()) continue;
    texts.push_back(text);
    if (texts.size() == GroupCgroups::kMostOfGroup) break;
  }
  return texts;
}

// Which cgroups of a group were told of, by resource: where versions are mixed, processes may share
// one hierarchy's cgroup and differ in another's.
class Told {
 public:
  // What of `places` was not told yet.
  CgroupPlaces take(CgroupPlaces places) {
    for (std::size_t i = 0; i < kPlaces.size(); ++i) {
      std::optional<CgroupPlace>& place = places.*kPlaces[i];
      if (place && !told_[i].insert(place->id).second) place.reset();
    }
    return places;
  }

 private:
  static constexpr std::array kPlaces = {&CgroupPlaces::cpu, &CgroupPlaces::cpuacct,
                                         &CgroupPlaces::memory, &CgroupPlaces::pids,
                                         &CgroupPlaces::unified};
  std::array<std::set<std::string>, kPlaces.size()> told_;
};

std::optional<GroupCgroups::MemoryUse> use_of(const CgroupReader& reader,
                                              const CgroupFigures::Memory& memory) {
  const auto& place = reader.places().memory ? reader.places().memory : reader.places().unified;
  const auto limit = finite(memory.limit_bytes);
  if (!limit || *limit <= 0 || !memory.working_set_bytes) return std::nullopt;
  return GroupCgroups::MemoryUse{static_cast<std::uint64_t>(*limit),
                                 static_cast<std::uint64_t>(*memory.working_set_bytes),
                                 place ? place->id : std::string()};
}

double share(const GroupCgroups::MemoryUse& use) {
  return static_cast<double>(use.used) / static_cast<double>(use.limit);
}

}  // namespace

GroupCgroups::GroupCgroups(const Environment& environment) {
  auto tree = CgroupTree::find(environment);
  if (tree) {
    tree_ = std::move(tree).value();
  } else {
    why_ = tree.error().message;
  }
}

GroupCgroups::Watched* GroupCgroups::watched(std::string_view text) {
  auto at = watched_.find(std::string(text));
  if (at == watched_.end()) {
    if (watched_.size() >= kMost) return nullptr;
    auto places = tree_->locate(parse_proc_cgroup(text));
    if (!places) return nullptr;
    at = watched_.emplace(text, Watched{CgroupReader(std::move(places).value()), {}, 0}).first;
  }
  Watched& watched = at->second;
  if (watched.pass == pass_) return &watched;
  watched.pass = pass_;
  auto figures = watched.reader.read();
  watched.figures.reset();
  if (figures) watched.figures = std::move(figures).value();
  return &watched;
}

void GroupCgroups::add_group(const Group& group, CgroupFamilies& families) {
  std::optional<MemoryUse>& nearest = memory_.emplace_back();
  Told told;
  for (const std::string_view text : texts_of(group)) {
    const Watched* found = watched(text);
    if (found == nullptr || !found->figures) continue;
    const auto use = use_of(found->reader, found->figures->memory);
    if (use && (!nearest || share(*use) > share(*nearest))) nearest = use;
    families.add(told.take(found->reader.places()), *found->figures, group.config().name);
  }
}

void GroupCgroups::refresh(std::span<const Group> groups, FamilyList& out) {
  memory_.clear();
  if (!tree_) {
    memory_.resize(groups.size());
    return;
  }
  ++pass_;
  CgroupFamilies families;
  for (const Group& group : groups) add_group(group, families);
  families.move_to(out);
  std::erase_if(watched_, [&](const auto& entry) { return entry.second.pass != pass_; });
}

}  // namespace wayside
