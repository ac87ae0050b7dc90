#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/environment.h"
#include "agent/core/result.h"
#include "agent/system/cgroup_paths.h"
#include "agent/system/mountinfo.h"

namespace wayside {

// Where the files of a cgroup are that tell of one resource.
struct CgroupPlace {
  int version = 2;              // 1 or 2
  std::filesystem::path mount;  // the top of what is seen of the hierarchy
  std::string below;            // the way from there, as path_below gives it
  std::string id;               // the path as /proc/PID/cgroup has it: the label `id`

  [[nodiscard]] std::filesystem::path folder() const { return mount / below; }
};

// The same for all resources. On a host that mixes versions, and on one that mounts controllers
// of version 1 apart, they differ also in their paths. Absent: not mounted where we see it.
struct CgroupPlaces {
  std::optional<CgroupPlace> cpu;      // quota, shares, throttling
  std::optional<CgroupPlace> cpuacct;  // usage
  std::optional<CgroupPlace> memory;
  std::optional<CgroupPlace> pids;
  std::optional<CgroupPlace> unified;  // pressure; version 2, whichever controllers it has
};

// The cgroup file systems that this process sees, versions 1 and 2. Does not change after it was
// made: safe for all threads.
class CgroupTree {
 public:
  // Reads `proc`/self/mountinfo. A mount below /sys is looked for below the environment's `sys`;
  // where `sys` is another folder (a host's, mounted in a container), mounts in it come first.
  // An error where there is none.
  static Result<CgroupTree> find(const Environment& environment);

  // An error where no part of it is seen, with what would help.
  [[nodiscard]] Result<CgroupPlaces> locate(const CgroupPaths& paths) const;
  // Of this process, by `proc`/self/cgroup.
  [[nodiscard]] Result<CgroupPlaces> own() const;

 private:
  struct Hierarchy {
    int version;
    std::string controllers;  // of version 1, among other options
    std::string root;         // what of it is mounted
    std::filesystem::path folder;
    bool settled;  // found by a search that has ended
  };
  explicit CgroupTree(std::filesystem::path proc) : proc_(std::move(proc)) {}
  void take(const Mount& mount, std::filesystem::path folder);
  void end_search();
  [[nodiscard]] std::optional<CgroupPlace> place_in(int version, std::string_view controller,
                                                    const std::string& path) const;
  [[nodiscard]] std::optional<CgroupPlace> place(const CgroupPaths& paths,
                                                 std::string_view controller) const;

  std::filesystem::path proc_;
  std::vector<Hierarchy> hierarchies_;
};

}  // namespace wayside
