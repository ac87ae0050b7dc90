#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "agent/core/result.h"

namespace wayside {

// The first `most` bytes of a file such as those under /proc, whose size is not known before they
// are read. The error names the path. Thread-safe.
Result<std::string> read_small_file(const std::filesystem::path& path, std::size_t most = 65'536);

}  // namespace wayside
