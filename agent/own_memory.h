#pragma once

#include <cstdint>
#include <optional>

#include "agent/core/environment.h"

namespace wayside {

// Resident memory of this process in bytes, from /proc/self/statm (proc(5)); nothing where it
// cannot be read.
std::optional<std::uint64_t> own_resident_bytes(const Environment& environment);

}  // namespace wayside
