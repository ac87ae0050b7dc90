#include "collectors/access_log/source/path_pattern.h"

#include <dirent.h>
#include <fnmatch.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <utility>

namespace wayside {
namespace {

bool is_directory(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

struct DirCloser {
  void operator()(DIR* directory) const { ::closedir(directory); }
};

}  // namespace

bool has_wildcard(std::string_view text) {
  return text.find_first_of("*?[\\") != std::string_view::npos;
}

std::string join_path(const std::string& directory, std::string_view name) {
  if (directory == ".") return std::string(name);
  std::string path = directory;
  if (path.back() != '/') path += '/';
  return path.append(name);
}

bool matches(const std::string& component, const std::string& name) {
  return ::fnmatch(component.c_str(), name.c_str(), FNM_PERIOD) == 0;
}

PathPattern::PathPattern(std::string text)
    : text_(std::move(text)), root_(text_.starts_with('/') ? "/" : ".") {
  std::string_view rest = text_;
  while (!rest.empty()) {
    const auto slash = std::min(rest.find('/'), rest.size());
    if (slash > 0 && rest.substr(0, slash) != ".") components_.emplace_back(rest.substr(0, slash));
    rest.remove_prefix(std::min(slash + 1, rest.size()));
  }
}

struct PathPattern::Walk {
  const std::vector<std::string>& components;
  const Visitor& visitor;
  std::size_t left = kMaxVisits;

  void failed(const std::string& path, int code) const {
    if (visitor.failed) visitor.failed(path, code);
  }

  void visit(const std::string& directory, std::size_t index) {
    if (left == 0) return;
    --left;
    const std::string& component = components[index];
    const bool last = index + 1 == components.size();
    const std::string path = join_path(directory, component);
    if (!last && !has_wildcard(component) && is_directory(path)) {
      visit(path, index + 1);
      return;
    }
    visitor.directory(directory, component, last);
    if (has_wildcard(component)) {
      list(directory, index);
    } else {
      step(path, index);
    }
  }

  // `path` matches the components up to `index`, if it exists.
  void step(const std::string& path, std::size_t index) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
      if (errno != ENOENT && errno != ENOTDIR) failed(path, errno);
      return;
    }
    if (index + 1 == components.size()) {
      visitor.match(path);
    } else if (S_ISDIR(status.st_mode)) {
      visit(path, index + 1);
    }
  }

  void list(const std::string& directory, std::size_t index) {
    for (const auto& name : names(directory, components[index])) {
      step(join_path(directory, name), index);
    }
  }

  // In ascending order, so that what is found does not depend on the file system.
  std::vector<std::string> names(const std::string& directory, const std::string& component) {
    std::vector<std::string> found;
    const std::unique_ptr<DIR, DirCloser> stream(::opendir(directory.c_str()));
    if (!stream) {
      if (errno != ENOENT && errno != ENOTDIR) failed(directory, errno);
      return found;
    }
    while (const dirent* entry = ::readdir(stream.get())) {  // NOLINT(concurrency-mt-unsafe)
      if (left == 0) break;
      --left;
      std::string name = entry->d_name;
      if (name != "." && name != ".." && matches(component, name)) found.push_back(std::move(name));
    }
    std::sort(found.begin(), found.end());
    return found;
  }
};

bool PathPattern::walk(const Visitor& visitor) const {
  Walk walk{.components = components_, .visitor = visitor};
  if (!components_.empty()) walk.visit(root_, 0);
  return walk.left > 0;
}

}  // namespace wayside
