#include "agent/system/cgroup_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace wayside {
namespace {

constexpr std::size_t kMostOfFile = std::size_t{1} << 20U;

// Also what may not be looked at is there.
bool there(const std::filesystem::path& path) {
  return ::access(path.c_str(), F_OK) == 0 || errno != ENOENT;
}

}  // namespace

std::optional<std::string_view> CgroupFolder::kept(std::string_view name) {
  auto file = std::ranges::find_if(
      kept_, [name](const KernelFile& known) { return known.path().filename() == name; });
  if (file == kept_.end()) file = kept_.emplace(kept_.end(), folder() / name);
  if (!took(file->read(buffer_), file->path())) return std::nullopt;
  return buffer_;
}

std::optional<std::string_view> CgroupFolder::text(const std::filesystem::path& folder,
                                                   std::string_view name) {
  const auto path = folder / name;
  if (!took(read_at(AT_FDCWD, path.c_str(), buffer_, kMostOfFile), path)) return std::nullopt;
  return buffer_;
}

bool CgroupFolder::took(int code, const std::filesystem::path& path) {
  if ((code == EACCES || code == EPERM) && refused_.empty()) refused_ = path;
  return code == 0;
}

std::optional<double> CgroupFolder::least(std::string_view name, const Limit& limit) {
  if (!there(folder())) return std::nullopt;
  std::optional<double> least;
  std::filesystem::path below = place_.below;
  while (true) {
    const auto level = place_.mount / below;
    if (there(level / name)) {
      const auto own = limit(level);
      if (!own) return std::nullopt;
      least = std::min(least.value_or(kNoLimit), *own);
    }
    if (below.empty()) break;
    below = below.parent_path();
  }
  if (!least && from_the_top()) return kNoLimit;
  return least;
}

// Whether all that is above the cgroup is seen: every cgroup of version 2 but the topmost of the
// machine has this file. Of version 1 that cannot be told, nor need it: all have their limits.
bool CgroupFolder::from_the_top() const {
  return place_.version == 2 && there(place_.mount / "cgroup.procs") &&
         !there(place_.mount / "cgroup.events");
}

}  // namespace wayside
