#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wayside {

// In which cgroups a process is, as /proc/PID/cgroup says (cgroups(7)): one in the hierarchy of
// version 2, and one in each hierarchy of version 1, which has some controllers. Paths are as the
// reader's cgroup namespace shows them: "/" is that namespace's root, "/../x" lies outside.
struct CgroupPaths {
  struct Hierarchy {
    std::string controllers;  // "cpu,cpuacct", or "name=systemd"
    std::string path;
    bool operator==(const Hierarchy&) const = default;
  };
  std::optional<std::string> unified;  // version 2
  std::vector<Hierarchy> version1;

  // The path in the hierarchy of version 1 that has `controller`; null where none has it.
  [[nodiscard]] const std::string* of(std::string_view controller) const;
  bool operator==(const CgroupPaths&) const = default;
};

// Parses the text of /proc/PID/cgroup. Lines that are none are left out.
CgroupPaths parse_proc_cgroup(std::string_view text);

// Whether `controller` is in a list such as "rw,cpu,cpuacct".
bool lists_controller(std::string_view list, std::string_view controller);

// The way from the directory `root` to the directory `path` of one hierarchy, both as one cgroup
// namespace shows them: "" for the same, else "a/b". Nothing where `path` is not below `root`, or
// where namespaces hide how it is.
std::optional<std::string> path_below(std::string_view root, std::string_view path);

}  // namespace wayside
