#pragma once

#include <cstddef>
#include <string_view>

namespace wayside {

// A line longer than this, its newline left aside, is skipped.
inline constexpr std::size_t kMaxLineBytes = 64UL * 1024;

// Readable bytes behind every block, so that a parser may load whole vectors.
inline constexpr std::size_t kBlockPadding = 64;

// What becomes of the lines of one file. Called by the thread that reads the file; views live as
// long as the call.
class LineSink {
 public:
  virtual ~LineSink() = default;

  // Comes before any other call, and again when the file begins anew: its first whole lines, to
  // tell the format by. They are not to be counted here.
  virtual void head(std::string_view lines) = 0;

  // Whole lines, each with its '\n', with kBlockPadding readable bytes behind them.
  virtual void lines(std::string_view block) = 0;

  // A line that is too long went by.
  virtual void line_too_long() = 0;
};

}  // namespace wayside
