#pragma once

#include <cstdint>
#include <string_view>

#include "agent/core/positions.h"
#include "agent/core/result.h"

namespace wayside {

// How many of a file's first bytes, and of those before a position, tell it from another one.
inline constexpr std::size_t kHeadBytes = 256;
inline constexpr std::size_t kTailBytes = 64;

// FNV-1a, 64 bits wide: the same in every version of the agent, because it is saved.
std::uint64_t fingerprint(std::string_view bytes);

// Whether an open file has these bytes in these places: it is the one the position was saved of,
// or a copy of it. False where it cannot be read.
bool bears(int descriptor, const Position& position);

// pread that is not stopped by a signal; up to `size` bytes, fewer only at the file's end.
Result<std::size_t> read_at(int descriptor, char* into, std::size_t size, std::uint64_t offset);

}  // namespace wayside
