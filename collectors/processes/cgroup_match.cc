#include "collectors/processes/cgroup_match.h"

#include <string>

#include "agent/system/field_text.h"

namespace wayside {
namespace {

// Calls `fn` with each path until it says yes.
template <typename Fn>
bool any_path(std::string_view text, const Fn& fn) {
  while (!text.empty()) {
    std::string_view line = next_line(text);
    for (int colons = 0; colons < 2; ++colons) {
      const std::size_t colon = line.find(':');
      line = colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
    }
    if (!line.empty() && fn(line)) return true;
  }
  return false;
}

}  // namespace

bool is_in_cgroup(std::string_view text, std::string_view cgroup) {
  while (cgroup.ends_with('/')) cgroup.remove_suffix(1);
  return any_path(text, [&](std::string_view path) {
    if (!path.starts_with(cgroup)) return false;
    return path.size() == cgroup.size() || path[cgroup.size()] == '/';
  });
}

bool is_in_unit(std::string_view text, std::string_view unit) {
  std::string part = "/" + std::string(unit);
  if (unit.find('.') == std::string_view::npos) part += ".service";
  return any_path(text, [&](std::string_view path) {
    for (std::size_t at = path.find(part); at != std::string_view::npos;
         at = path.find(part, at + 1)) {
      const std::size_t end = at + part.size();
      if (end == path.size() || path[end] == '/') return true;
    }
    return false;
  });
}

}  // namespace wayside
