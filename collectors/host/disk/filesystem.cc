#include "collectors/host/disk/filesystem.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "agent/system/field_text.h"
#include "agent/system/kernel_file.h"
#include "collectors/host/disk/mount_calls.h"
#include "collectors/host/ignore_pattern.h"
#include "collectors/host/reading.h"

namespace wayside {
namespace {

LabelList labels_of(const MountedDevice& mount) {
  return {{"device", mount.device}, {"fstype", mount.type}, {"mountpoint", mount.point}};
}

double bytes(const struct ::statvfs& values, fsblkcnt_t blocks) {
  return static_cast<double>(blocks) * static_cast<double>(values.f_frsize);
}

struct Row {
  const char* name;
  const char* help;
  double (*value)(const struct ::statvfs& values);
};
using Values = struct ::statvfs;
constexpr std::array<Row, 5> kRows = {
    {{"node_filesystem_avail_bytes", "Space left on each file system for users other than root.",
      [](const Values& values) { return bytes(values, values.f_bavail); }},
     {"node_filesystem_files", "Files that each file system has room for.",
      [](const Values& values) { return static_cast<double>(values.f_files); }},
     {"node_filesystem_files_free", "Files that each file system still has room for.",
      [](const Values& values) { return static_cast<double>(values.f_ffree); }},
     {"node_filesystem_free_bytes", "Space left on each file system.",
      [](const Values& values) { return bytes(values, values.f_bfree); }},
     {"node_filesystem_size_bytes", "Size of each file system.",
      [](const Values& values) { return bytes(values, values.f_blocks); }}}};

class FilesystemPart final : public HostPart {
 public:
  explicit FilesystemPart(const HostContext& host)
      : clock_(host.environment.clock),
        root_(host.environment.root == "/" ? "" : host.environment.root.string()),
        first_(host.environment.proc / "1" / "mounts"),
        own_(host.environment.proc / "mounts"),
        types_ignored_(host.config.filesystems_ignore),
        points_ignored_(host.config.mount_points_ignore),
        calls_(host.calls.statvfs) {}

  Outcome read(FamilyList& out) override {
    auto text = first_.read();
    if (!text) text = own_.read();
    if (!text) return unreadable(own_, text.error());
    auto mounts = parse_mounts(whole_lines(*text));
    if (mounts.empty()) return not_understood(first_);
    keep_wanted(mounts);
    add_filesystems(ask(std::move(mounts)), out);
    return Outcome::ok();
  }

 private:
  // Without those that are ignored, and those that another covers: the last of a place.
  void keep_wanted(std::vector<MountedDevice>& mounts) const {
    std::set<std::string> points;
    std::ranges::reverse(mounts);
    std::erase_if(mounts, [this, &points](MountedDevice& mount) {
      below_root(mount.point);
      return !points.insert(mount.point).second || points_ignored_.finds(mount.point) ||
             types_ignored_.finds(mount.type);
    });
    std::ranges::reverse(mounts);
  }
  // Seen from a container, the host's root is a folder there.
  void below_root(std::string& point) const {
    if (root_.empty() || !point.starts_with(root_)) return;
    if (point.size() == root_.size()) {
      point = "/";
    } else if (point[root_.size()] == '/') {
      point.erase(0, root_.size());
    }
  }

  std::vector<FileSystem> ask(std::vector<MountedDevice> mounts) {
    std::set<std::string> paths;
    for (const MountedDevice& mount : mounts) paths.insert(root_ + mount.point);
    const SteadyTime now = clock_->steady();
    calls_.ask(std::vector<std::string>(paths.begin(), paths.end()), now);
    std::vector<FileSystem> filesystems;
    for (MountedDevice& mount : mounts) {
      const auto answer = calls_.answer(root_ + mount.point, now);
      if (!answer) continue;
      auto& filesystem = filesystems.emplace_back(FileSystem{std::move(mount), {}});
      if (answer->error == 0) filesystem.values = answer->values;
    }
    return filesystems;
  }

  const Clock* clock_;
  std::string root_;  // empty where it is "/"
  KernelFile first_;
  KernelFile own_;
  IgnorePattern types_ignored_;
  IgnorePattern points_ignored_;
  MountCalls calls_;
};

}  // namespace

void add_filesystems(std::span<const FileSystem> filesystems, FamilyList& out) {
  auto& errors = add_family(out, "node_filesystem_device_error",
                            "Whether a file system could not tell how full it is, or did not "
                            "answer: 1 or 0.",
                            prometheus::MetricType::Gauge);
  for (const FileSystem& each : filesystems) {
    add_sample(errors, each.values ? 0 : 1, labels_of(each.mount));
  }
  auto& read_only = add_family(out, "node_filesystem_readonly",
                               "Whether a file system is mounted to be read only: 1 or 0.",
                               prometheus::MetricType::Gauge);
  for (const FileSystem& each : filesystems) {
    if (each.values) add_sample(read_only, each.mount.read_only ? 1 : 0, labels_of(each.mount));
  }
  for (const Row& row : kRows) {
    auto& family = add_family(out, row.name, row.help, prometheus::MetricType::Gauge);
    for (const FileSystem& each : filesystems) {
      if (each.values) add_sample(family, row.value(*each.values), labels_of(each.mount));
    }
  }
}

std::unique_ptr<HostPart> filesystem_part(const HostContext& host) {
  return std::make_unique<FilesystemPart>(host);
}

}  // namespace wayside
