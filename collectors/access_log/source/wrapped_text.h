#pragma once

#include <cstddef>
#include <cstdint>

namespace wayside {

// Which output of a container a line was written to.
enum class OutputStream : std::uint8_t { standard_output, standard_error };
inline constexpr std::size_t kOutputStreams = 2;

// What stood in one line of a container's log: what a program wrote, without its newline.
struct WrappedText {
  OutputStream stream = OutputStream::standard_output;
  bool partial = false;  // the line goes on in the next one of the same stream
  std::size_t size = 0;  // bytes of it that were written out
};

// Room that unwrapping wants behind the bytes it writes, because it copies whole vectors.
inline constexpr std::size_t kUnwrapSlack = 16;

}  // namespace wayside
