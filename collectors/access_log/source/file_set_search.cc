// The part of FileSet that looks beside the names that are followed: for files that lost such a
// name while nobody looked.
#include <sys/stat.h>

#include <filesystem>
#include <system_error>

#include "collectors/access_log/source/file_set.h"
#include "collectors/access_log/source/rotated_name.h"

namespace wayside {
namespace {

constexpr std::size_t kMaxNeighbours = 10'000;
constexpr int kMaxSearches = 3;
constexpr std::int64_t kSlack = 20'000'000;  // file times come from a coarser clock

// When a directory's entries last changed, in nanoseconds since 1970.
std::int64_t changed_at(const std::string& directory) {
  struct stat status {};
  if (::stat(directory.c_str(), &status) != 0) return 0;
  return status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec;
}

}  // namespace

bool FileSet::names_changed() const {
  for (const auto& [path, id] : owners_) {
    const auto past = past_owners_.find(path);
    if (past == past_owners_.end() || past->second != id) return true;
  }
  for (const auto& [path, id] : past_owners_) {
    if (!owners_.contains(path)) return true;
  }
  return false;
}

void FileSet::search(std::size_t source) {
  for (const auto& directory : directories_.directories_of(source)) {
    // Files that are known come first: what else is there may copy them.
    if (first_scan_) search_in(source, directory, Found::by_position);
    // An entry that is renamed while a directory is read may be passed over.
    for (int turn = 0; turn < kMaxSearches; ++turn) {
      const std::int64_t before = changed_at(directory);
      search_in(source, directory, Found::by_birth);
      if (changed_at(directory) == before) break;
    }
  }
}

void FileSet::search_in(std::size_t source, const std::string& directory, Found how) {
  std::error_code error;
  std::filesystem::directory_iterator entries(directory, error);
  std::size_t left = kMaxNeighbours;
  while (!error && entries != std::filesystem::directory_iterator() && left-- > 0) {
    consider(source, directory, entries->path().filename().string(), how);
    entries.increment(error);
  }
}

void FileSet::consider(std::size_t source, const std::string& directory, const std::string& name,
                       Found how) {
  const std::string path = join_path(directory, name);
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return;
  const FileId id = file_id(status);
  if (files_.contains(id) || departed_.contains(id)) return;
  if (how == Found::by_position) {
    if (context_.positions.find(key(source), id.device, id.inode)) follow(source, path, how);
    return;
  }
  // Where births are not told, the last writing stands for it: it cannot be earlier.
  const std::int64_t written = status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec;
  const std::int64_t birth = birth_of(path);  // of a link its own
  const auto waiting = waiting_.find(id);
  const bool waits = waiting != waiting_.end() && waiting->second == source;
  if (waits || slipped_.contains(id) ||
      came_between(source, directory, name, birth != 0 ? birth : written)) {
    follow(source, path, how);
  }
}

// Whether the file had a followed name after the last scan and before the one that has it now:
// then it was rotated away before anybody opened it.
bool FileSet::came_between(std::size_t source, const std::string& directory,
                           const std::string& name, std::int64_t birth) const {
  if (birth < looked_[source] - kSlack) return false;
  const auto former = name_before_rotation(name, std::string(patterns_[source].name()));
  if (!former) return false;
  const std::string path = join_path(directory, *former);
  const auto owner = owners_.find(path);
  if (owner == owners_.end()) return true;
  const auto past = past_owners_.find(path);
  if (past != past_owners_.end() && past->second == owner->second) return false;
  const auto now = files_.find(owner->second);
  return now == files_.end() || now->second.file.birth() == 0 || birth <= now->second.file.birth();
}

}  // namespace wayside
