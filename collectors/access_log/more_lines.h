#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace wayside {

// Lines of a file gathered after its format was told, as they may tell more than the first few: a
// request that no upstream answered does not tell the columns of upstreams.
class MoreLines {
 public:
  // `lines` are those that told it.
  void begin(std::string_view lines);
  void end();
  [[nodiscard]] bool wanted() const { return next_ != 0; }

  // Takes lines that were read, `count` of them. Whether it is time to look at what was gathered:
  // each time it are twice as many.
  bool add(std::string_view lines, std::uint64_t count);
  // The first lines, and the beginning of those that were added last.
  [[nodiscard]] const std::string& text() const { return text_; }

  // Whether so many lines were seen that a column whose meaning they all tell has none else.
  [[nodiscard]] bool enough() const { return seen_ >= kEnough; }
  // Whether so many were seen that what they do not tell, none will.
  [[nodiscard]] bool too_many() const { return seen_ >= kTooMany; }

 private:
  static constexpr std::uint64_t kEnough = 64;
  static constexpr std::uint64_t kTooMany = 1'000'000;
  static constexpr std::size_t kKeptLines = 48;  // and as many again fit into what is looked at
  static constexpr std::size_t kKeptBytes = 16UL * 1024;

  std::string kept_, text_;
  std::size_t kept_lines_ = 0;
  std::uint64_t seen_ = 0, next_ = 0;
};

}  // namespace wayside
