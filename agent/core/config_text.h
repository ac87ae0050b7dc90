#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "agent/core/environment.h"
#include "agent/core/result.h"

namespace wayside {

// A value as written becomes what it means: ${NAME} and ${NAME:-default} take environment
// variables (the default where NAME is unset or empty), $$ is a dollar, any other $ is itself.
// What comes from the environment is not looked at again, and never shown in an error.
struct Expanded {
  std::string text;
  bool from_environment = false;
};
Result<Expanded> expand_env(std::string_view text, const GetEnv& env);

// The contents of a regular file without its last newline; at most 64 KiB.
// Errors say why and nothing of the path or the contents.
Result<std::string> read_secret(const std::filesystem::path& path);

inline constexpr std::size_t kMaxValueSize = std::size_t{64} << 10;

}  // namespace wayside
