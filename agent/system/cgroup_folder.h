#pragma once

#include <deque>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "agent/system/cgroup_figures.h"
#include "agent/system/cgroup_tree.h"
#include "agent/system/kernel_file.h"

namespace wayside {

// The files of one cgroup in one hierarchy. One thread at a time; a text that is given is good
// until the next is asked for.
class CgroupFolder {
 public:
  explicit CgroupFolder(CgroupPlace place) : place_(std::move(place)) {}

  [[nodiscard]] const CgroupPlace& place() const { return place_; }

  // The text of a file that is kept open, for what is read again and again; nothing where it
  // cannot be read.
  std::optional<std::string_view> kept(std::string_view name);
  // The same of one that is opened each time, for what seldom is asked for.
  std::optional<std::string_view> text(std::string_view name) { return text(folder(), name); }

  // A number of one cgroup, given its folder's file.
  using Limit = std::function<std::optional<double>(const std::filesystem::path& folder)>;
  // The least of the limits of this cgroup and of those above it that are seen, each the one that
  // `limit` reads beside the file `name`. A cgroup without the file has none of its own. Nothing
  // where one cannot be read, so that no limit is told that is greater than the true one; kNoLimit
  // where there is none.
  std::optional<double> least(std::string_view name, const Limit& limit);

  // The text of a file of the cgroup in `folder`, which may be one above.
  std::optional<std::string_view> text(const std::filesystem::path& folder, std::string_view name);

  // The first file that this process was not allowed to read, since `forget_refused`; empty: none.
  [[nodiscard]] const std::filesystem::path& refused() const { return refused_; }
  void forget_refused() { refused_.clear(); }

 private:
  // Whether the read that gave this errno succeeded.
  bool took(int code, const std::filesystem::path& path);
  [[nodiscard]] std::filesystem::path folder() const { return place_.folder(); }
  [[nodiscard]] bool from_the_top() const;

  CgroupPlace place_;
  std::deque<KernelFile> kept_;
  std::filesystem::path refused_;
  std::string buffer_;
};

}  // namespace wayside
