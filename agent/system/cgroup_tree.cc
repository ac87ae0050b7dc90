#include "agent/system/cgroup_tree.h"

#include <algorithm>
#include <utility>

#include "agent/core/small_file.h"

namespace wayside {
namespace {

constexpr std::size_t kMostOfMounts = std::size_t{4} << 20U;

// The rest of `path` after the folder `front`; nothing where it is not below it.
std::optional<std::string_view> rest_after(std::string_view path, std::string_view front) {
  if (!path.starts_with(front)) return std::nullopt;
  path.remove_prefix(front.size());
  if (!path.starts_with('/')) return std::nullopt;
  return path.substr(1);
}

// Where mounts are looked for, those that come first first.
using Search = std::optional<std::filesystem::path> (*)(const Environment&, const Mount&);

std::optional<std::filesystem::path> in_given_sys(const Environment& environment,
                                                  const Mount& mount) {
  if (!rest_after(mount.point, environment.sys.native())) return std::nullopt;
  return mount.point;
}

std::optional<std::filesystem::path> in_usual_sys(const Environment& environment,
                                                  const Mount& mount) {
  const auto rest = rest_after(mount.point, "/sys");
  if (!rest) return std::nullopt;
  return environment.sys / *rest;
}

std::optional<std::filesystem::path> anywhere(const Environment& environment, const Mount& mount) {
  if (environment.sys != "/sys") return std::nullopt;
  return mount.point;
}

constexpr Search kSearches[] = {in_given_sys, in_usual_sys, anywhere};

}  // namespace

Result<CgroupTree> CgroupTree::find(const Environment& environment) {
  const auto path = environment.proc / "self" / "mountinfo";
  const auto text = read_small_file(path, kMostOfMounts);
  if (!text) return text.error();
  const std::vector<Mount> mounts = parse_mountinfo(*text);
  CgroupTree tree(environment.proc);
  for (const Search search : kSearches) {
    for (const Mount& mount : mounts) {
      if (auto folder = search(environment, mount)) tree.take(mount, *std::move(folder));
    }
    tree.end_search();
  }
  if (tree.hierarchies_.empty()) return Error{path.string() + ": shows no cgroup file system"};
  return tree;
}

// Of two mounts of one hierarchy in one search, the one that shows more; at one place, the later,
// which covers the other.
void CgroupTree::take(const Mount& mount, std::filesystem::path folder) {
  const bool first = mount.type == "cgroup";
  if (!first && mount.type != "cgroup2") return;
  Hierarchy found{first ? 1 : 2, first ? mount.options : "", mount.root, std::move(folder), false};
  const auto same = std::ranges::find_if(hierarchies_, [&found](const Hierarchy& known) {
    return known.version == found.version && known.controllers == found.controllers;
  });
  if (same == hierarchies_.end()) {
    hierarchies_.push_back(std::move(found));
  } else if (!same->settled &&
             (same->folder == found.folder || same->root.size() > found.root.size())) {
    *same = std::move(found);
  }
}

void CgroupTree::end_search() {
  for (Hierarchy& hierarchy : hierarchies_) hierarchy.settled = true;
}

std::optional<CgroupPlace> CgroupTree::place_in(int version, std::string_view controller,
                                                const std::string& path) const {
  for (const Hierarchy& hierarchy : hierarchies_) {
    if (hierarchy.version != version) continue;
    if (version == 1 && !lists_controller(hierarchy.controllers, controller)) continue;
    auto below = path_below(hierarchy.root, path);
    if (!below) return std::nullopt;
    return CgroupPlace{version, hierarchy.folder, *std::move(below), path};
  }
  return std::nullopt;
}

// A controller that a hierarchy of version 1 has is not to be had in that of version 2.
std::optional<CgroupPlace> CgroupTree::place(const CgroupPaths& paths,
                                             std::string_view controller) const {
  if (const std::string* path = paths.of(controller)) return place_in(1, controller, *path);
  if (paths.unified) return place_in(2, controller, *paths.unified);
  return std::nullopt;
}

Result<CgroupPlaces> CgroupTree::locate(const CgroupPaths& paths) const {
  CgroupPlaces places;
  places.cpu = place(paths, "cpu");
  places.cpuacct = place(paths, "cpuacct");
  places.memory = place(paths, "memory");
  places.pids = place(paths, "pids");
  if (paths.unified) places.unified = place_in(2, "", *paths.unified);
  if (places.cpu || places.cpuacct || places.memory || places.pids || places.unified) return places;
  return Error{
      "the cgroup is not below what is mounted here of the cgroup file system: the host's "
      "/sys/fs/cgroup and its cgroup namespace show it"};
}

Result<CgroupPlaces> CgroupTree::own() const {
  const auto path = proc_ / "self" / "cgroup";
  const auto text = read_small_file(path);
  if (!text) return text.error();
  auto places = locate(parse_proc_cgroup(*text));
  if (!places) return places.error().in(path.string());
  return places;
}

}  // namespace wayside
