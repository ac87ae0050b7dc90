#include "collectors/host/disk/mounts_text.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "agent/system/field_text.h"
#include "agent/system/mountinfo.h"

namespace wayside {
namespace {

bool has_option(std::string_view options, std::string_view wanted) {
  while (!options.empty()) {
    const std::string_view option = options.substr(0, options.find(','));
    if (option == wanted) return true;
    options.remove_prefix(std::min(option.size() + 1, options.size()));
  }
  return false;
}

std::optional<MountedDevice> parse_line(std::string_view line) {
  MountedDevice mount;
  mount.device = next_field(line);
  mount.point = unescape_mount(next_field(line));
  mount.type = next_field(line);
  const std::string_view options = next_field(line);
  // A file system that was taken away from its place has none that a path could name.
  if (options.empty() || mount.point[0] != '/') return std::nullopt;
  if (mount.point.find('\0') != std::string::npos) return std::nullopt;
  mount.read_only = has_option(options, "ro");
  return mount;
}

}  // namespace

std::vector<MountedDevice> parse_mounts(std::string_view text) {
  std::vector<MountedDevice> mounts;
  while (!text.empty() && mounts.size() < MountedDevice::kMost) {
    if (auto mount = parse_line(next_line(text))) mounts.push_back(*std::move(mount));
  }
  return mounts;
}

}  // namespace wayside
