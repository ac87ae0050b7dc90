#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "agent/core/config_map.h"

namespace wayside {

// One entry of the config's `collectors.processes`: a group of processes and what makes a process
// one of it. All conditions that are given must hold; of a list, one of its members. The first
// entry that a process matches has it.
struct ProcessGroupConfig {
  std::string name;                       // the label `groupname`
  std::string service = {};               // the scope of its facts; the name where nothing is said
  std::vector<std::string> comm = {};     // the kernel's name of it, up to 15 bytes
  std::string command = {};               // an RE2 pattern found anywhere in its command line
  std::vector<std::string> exe = {};      // the path of its program, or its last part
  std::vector<std::string> user = {};     // name or number
  std::vector<std::string> cgroup = {};   // a cgroup's path, whole or its front up to a slash
  std::vector<std::string> unit = {};     // a systemd unit: a part of the cgroup's path
  std::vector<std::uint16_t> ports = {};  // TCP: whoever listens there, and its descendants
  bool children = true;  // a member's children belong to it, unless they match an entry themselves
  std::size_t max_workers = 64;  // with series of their own

  static constexpr std::size_t kMostWorkers = 1024;
};

// Reads one entry, with each of its problems reported at the key it stands at.
ProcessGroupConfig read_process_group_config(ConfigMap& map);

// All that entries say, and whom the names of users stand for now: two lists of which this is the
// same are the same.
std::string identity_of(std::span<const ProcessGroupConfig> groups);

}  // namespace wayside
