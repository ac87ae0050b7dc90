#pragma once

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "agent/core/time.h"

namespace wayside {

// The machine as collectors see it: every OS path hangs from a root, and every clock is asked
// here, so that a test stands on a fixture tree and a clock of its own. Owned by main; outlives
// everything.
struct Environment {
  const Clock* clock;
  std::filesystem::path proc = "/proc";
  std::filesystem::path sys = "/sys";
  std::filesystem::path root = "/";  // of what else the host has, such as etc/os-release
};

// The value of an environment variable, where it is set.
using GetEnv = std::function<std::optional<std::string>(const std::string& name)>;

inline std::optional<std::string> process_env(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

}  // namespace wayside
