#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wayside {

// A line longer than this, its newline left aside, is skipped.
inline constexpr std::size_t kMaxLineBytes = 64UL * 1024;

// Readable bytes behind every block, so that a parser may load whole vectors.
inline constexpr std::size_t kBlockPadding = 64;

// Of the bytes handed over last: where reading begins after a restart, and what of it is done.
struct HeldBytes {
  std::uint64_t back = 0;      // so far before the end of what was handed over
  std::uint64_t replayed = 0;  // bytes from there on that were handed over before
};

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

  // What is wanted again after a restart, because a line of it is not at its end.
  [[nodiscard]] virtual HeldBytes held() const { return {}; }

  // So many bytes of what comes next were handed over before this start.
  virtual void replay(std::uint64_t /*bytes*/) {}

  // No more will come of the file.
  virtual void end() {}
};

}  // namespace wayside
