#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wayside {

// The config's `ignore`: paths that are counted apart. A `*` at the end of a pattern takes any
// rest and one at its start any beginning; elsewhere it takes any part of one segment. Compared
// with the path as sent, without its query and without a slash at its end.
class IgnoreRule {
 public:
  explicit IgnoreRule(std::span<const std::string> patterns);

  [[nodiscard]] bool empty() const { return patterns_.empty(); }
  [[nodiscard]] bool matches(std::string_view target) const;

 private:
  struct Pattern {
    std::vector<std::string> parts;  // literals between the stars
    bool open_start = false;
    bool open_end = false;
  };
  [[nodiscard]] static bool may_match(const Pattern& pattern, std::string_view path);
  [[nodiscard]] static bool matches(const Pattern& pattern, std::string_view path);

  std::vector<Pattern> patterns_;
};

}  // namespace wayside
