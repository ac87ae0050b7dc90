#pragma once

#include <chrono>
#include <set>
#include <string>

#include "agent/core/config_map.h"

namespace wayside {

// The section `host` of a config.
struct HostConfig {
  std::chrono::milliseconds interval{5'000};   // between two polls
  std::set<std::string, std::less<>> without;  // names of parts that are not read
  // What is passed over, as RE2 patterns (ignore_pattern.h): what Debian's node_exporter 1.5.0
  // does.
  std::string filesystems_ignore =  // by type
      "^(autofs|binfmt_misc|bpf|cgroup2?|configfs|debugfs|devpts|devtmpfs|fusectl|hugetlbfs|"
      "iso9660|"
      "mqueue|nsfs|overlay|proc|procfs|pstore|rpc_pipefs|securityfs|selinuxfs|squashfs|sysfs|"
      "tracefs)$";
  std::string mount_points_ignore =
      "^/(dev|proc|run|sys|mnt|media|var/lib/docker/.+|var/lib/containers/storage/.+)($|/)";
  std::string devices_ignore =  // block devices
      R"(^(ram|loop|fd|(h|s|v|xv)d[a-z]|nvme\d+n\d+p)\d+$)";
};

// Reads and checks the section; problems go to the map's context. Names of parts are those of
// parts.h.
HostConfig read_host_config(ConfigMap& map);

}  // namespace wayside
