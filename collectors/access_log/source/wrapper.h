#pragma once

#include <cstdint>
#include <string_view>

namespace wayside {

// What a container engine puts around each line of a program. `automatic`: told by the first
// lines.
enum class Wrapper : std::uint8_t { automatic, none, docker, cri };

// The wrapper of these whole lines: the one that most of the first ones have, or none.
// kBlockPadding readable bytes stand behind them.
Wrapper tell_wrapper(std::string_view lines);

// For people: "Docker's json-file".
std::string_view to_string(Wrapper wrapper);

}  // namespace wayside
