#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace wayside {

// Whether the text is a glob, and not the name of one thing alone.
bool has_wildcard(std::string_view text);

// Whether a name matches one component of a glob: *, ?, [a-z] and \ as in fnmatch(3), a leading
// dot only by a dot.
bool matches(const std::string& component, const std::string& name);

// `name` within `directory`; "." adds nothing.
std::string join_path(const std::string& directory, std::string_view name);

// A path, or a glob with wildcards in any of its components.
class PathPattern {
 public:
  // At most so many directories and entries of directories are visited by one walk.
  static constexpr std::size_t kMaxVisits = 100'000;

  explicit PathPattern(std::string text);

  [[nodiscard]] const std::string& text() const { return text_; }
  // What the names of files have to match; empty where the text is.
  [[nodiscard]] std::string_view name() const {
    return components_.empty() ? std::string_view{} : components_.back();
  }

  struct Visitor {
    // A directory where a name that matches `component` may appear or go. Called before it is
    // looked into, so that a watch put on it misses nothing. `last`: such a name is a file's.
    // Left out are directories whose one subdirectory that matters exists: a watch on that one
    // tells when it goes, and /, /var or /tmp are busy with other things.
    std::function<void(const std::string& directory, const std::string& component, bool last)>
        directory;
    // A path that matches and exists, whatever it is.
    std::function<void(const std::string& path)> match;
    // What could not be looked into, and why.
    std::function<void(const std::string& path, int code)> failed = nullptr;
  };

  // Visits what exists now; where a directory is missing, the last one there is before it.
  // False where kMaxVisits ended it early.
  [[nodiscard]] bool walk(const Visitor& visitor) const;

 private:
  struct Walk;
  std::string text_;
  std::string root_;                     // "/", or "." of a relative path
  std::vector<std::string> components_;  // without empty ones
};

}  // namespace wayside
