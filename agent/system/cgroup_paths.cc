#include "agent/system/cgroup_paths.h"

#include <algorithm>
#include <cstddef>

#include "agent/system/field_text.h"

namespace wayside {
namespace {

// Takes what is before the next `separator` off the front of `text`, and the separator.
std::string_view next_part(std::string_view& text, char separator) {
  const std::string_view part = text.substr(0, text.find(separator));
  text.remove_prefix(std::min(part.size() + 1, text.size()));
  return part;
}

// A path as a namespace shows it: so many levels above its root, then down by `names`.
struct Way {
  std::size_t up = 0;
  std::vector<std::string_view> names;
};

std::optional<Way> parse_way(std::string_view path) {
  if (!path.starts_with('/')) return std::nullopt;
  Way way;
  while (!path.empty()) {
    const std::string_view name = next_part(path, '/');
    if (name.empty()) continue;
    if (name == "." || name.find('\0') != std::string_view::npos) return std::nullopt;
    if (name != "..") {
      way.names.push_back(name);
    } else if (way.names.empty()) {
      ++way.up;
    } else {
      return std::nullopt;
    }
  }
  return way;
}

}  // namespace

const std::string* CgroupPaths::of(std::string_view controller) const {
  for (const Hierarchy& hierarchy : version1) {
    if (lists_controller(hierarchy.controllers, controller)) return &hierarchy.path;
  }
  return nullptr;
}

// A path ends its line, since no cgroup can have a newline in its name; it may have colons.
CgroupPaths parse_proc_cgroup(std::string_view text) {
  CgroupPaths paths;
  while (!text.empty()) {
    std::string_view line = next_line(text);
    const std::string_view number = next_part(line, ':');
    const std::string_view controllers = next_part(line, ':');
    if (!number_in<unsigned>(number) || !line.starts_with('/')) continue;
    if (!controllers.empty()) {
      paths.version1.push_back({std::string(controllers), std::string(line)});
    } else if (number == "0") {
      paths.unified = line;
    }
  }
  return paths;
}

bool lists_controller(std::string_view list, std::string_view controller) {
  while (!list.empty()) {
    if (next_part(list, ',') == controller) return true;
  }
  return false;
}

std::optional<std::string> path_below(std::string_view root, std::string_view path) {
  const auto from = parse_way(root);
  const auto to = parse_way(path);
  // Where the two are not equally far above the namespace's root, the one is not above the other,
  // or by names that the namespace hides.
  if (!from || !to || from->up != to->up) return std::nullopt;
  const auto [end_of_root, rest] = std::ranges::mismatch(from->names, to->names);
  if (end_of_root != from->names.end()) return std::nullopt;
  std::string below;
  for (auto name = rest; name != to->names.end(); ++name) {
    if (!below.empty()) below += '/';
    below += *name;
  }
  return below;
}

}  // namespace wayside
