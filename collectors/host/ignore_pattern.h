#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace wayside {

// The names of what is passed over: an RE2 pattern that is found anywhere in a name, whose bytes
// may be any. An empty one finds nothing.
class IgnorePattern {
 public:
  // Of a pattern without faults; one that has some finds nothing.
  explicit IgnorePattern(const std::string& pattern);
  IgnorePattern(IgnorePattern&&) noexcept;
  ~IgnorePattern();

  [[nodiscard]] bool finds(std::string_view name) const;
  // What is wrong with it, for a person; empty where nothing is.
  [[nodiscard]] std::string fault() const;

 private:
  std::unique_ptr<re2::RE2> pattern_;  // null where it is empty
};

}  // namespace wayside
