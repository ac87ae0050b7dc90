#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wayside {

// The words that an `ignore` may hold beside patterns, for the lists of usual_paths.h.
inline constexpr std::string_view kIgnoreHealth = "health";
inline constexpr std::string_view kIgnoreStatic = "static";

// The config's `ignore`: paths that are counted apart. A `*` at the end of a pattern takes any
// rest and one at its start any beginning; elsewhere it takes any part of one segment. Compared
// with the path as sent, without its query and without a slash at its end.
class IgnoreRule {
 public:
  static constexpr std::size_t kNone = SIZE_MAX;

  explicit IgnoreRule(std::span<const std::string> patterns);

  [[nodiscard]] bool empty() const { return patterns_.empty(); }
  // Index of the first pattern, in the order given, that takes the target; kNone: none does.
  [[nodiscard]] std::size_t match(std::string_view target) const;
  [[nodiscard]] bool matches(std::string_view target) const { return match(target) != kNone; }

 private:
  enum class Means : std::uint8_t { pattern, health, files, nothing };
  struct Pattern {
    Means means = Means::pattern;
    std::vector<std::string> parts;  // literals between the stars
    bool open_start = false;
    bool open_end = false;
  };
  [[nodiscard]] static Pattern compiled(const std::string& text);
  [[nodiscard]] static bool may_match(const Pattern& pattern, std::string_view path);
  [[nodiscard]] static bool matches(const Pattern& pattern, std::string_view path);

  std::vector<Pattern> patterns_;
};

}  // namespace wayside
