// The part of FileSet that tells copies from files of their own. What `copytruncate` leaves
// behind begins with lines that were counted in the original, and may end with some that were not.
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "collectors/access_log/source/file_set.h"
#include "collectors/access_log/source/rotated_name.h"

namespace wayside {
namespace {

constexpr std::size_t kMaxNeighbours = 10'000;
constexpr std::size_t kMaxCuts = 64;

}  // namespace

// The path a file had before it was rotated, or that of the file it copies, by its name.
std::optional<std::string> FileSet::former_path(std::size_t source, const std::string& path) const {
  const std::filesystem::path whole(path);
  auto name =
      name_before_rotation(whole.filename().string(), std::string(patterns_[source].name()));
  if (!name) return std::nullopt;
  const std::string directory = whole.parent_path().string();
  return join_path(directory.empty() ? "." : directory, *name);
}

FileSet::Copy FileSet::judge(std::size_t source, const std::string& path,
                             const FollowedFile& file) {
  const FileId id = file.id();
  if (departed_.contains(id) || saved(source, id)) return {};
  const auto former = former_path(source, path);
  if (!former) return {};
  struct stat status {};
  const bool there = ::stat(former->c_str(), &status) == 0 && S_ISREG(status.st_mode);
  // How far the original was counted is known when it is followed.
  if (first_scan_ && there && !files_.contains(file_id(status))) matched(source, *former);
  for (Cut& cut : cuts_) {
    if (cut.path != *former || !bears(file.descriptor(), cut.position)) continue;
    cut.copied = file.size();
    return {.from = cut.position};
  }
  if (!is_copy_of(source, *former, file)) return {};
  tell_once("copy " + path, Level::info,
            path + " is a copy of " + *former + ", and is read when that one is cut");
  return {.waits = true};
}

// Of any file that has or had this name.
bool FileSet::is_copy_of(std::size_t source, const std::string& original,
                         const FollowedFile& file) const {
  return std::any_of(files_.begin(), files_.end(), [&](const auto& entry) {
    const TrackedFile& tracked = entry.second;
    return tracked.source == source && tracked.file.is_copied_by(file) &&
           first_path(source, tracked.path) == original;
  });
}

std::string FileSet::first_path(std::size_t source, const std::string& path) const {
  return former_path(source, path).value_or(path);
}

void FileSet::was_cut(TrackedFile& tracked, const Position& position) {
  ++stats_[tracked.source].truncations;
  tracked.age.reset();
  context_.log.write(Level::info, "access_log: " + tracked.path +
                                      " was cut or written anew: it is read from its start");
  Position lost = position;
  if (position.tail_bytes > 0) {
    const Cut& cut = remember_cut(tracked, position);
    find_copy(tracked.source, cut.path);
    lost.offset = std::max(lost.offset, cut.copied);
  }
  lose(tracked.source, tracked.path, lost);
}

const FileSet::Cut& FileSet::remember_cut(const TrackedFile& tracked, const Position& position) {
  if (cuts_.size() == kMaxCuts) cuts_.pop_front();
  cuts_.push_back({.path = first_path(tracked.source, tracked.path), .position = position});
  return cuts_.back();
}

// The copy was made before the original was cut, and may have been renamed since.
void FileSet::find_copy(std::size_t source, const std::string& original) {
  const auto directory = std::filesystem::path(original).parent_path();
  std::error_code error;
  std::filesystem::directory_iterator entries(directory.empty() ? "." : directory, error);
  std::size_t left = kMaxNeighbours;
  while (!error && entries != std::filesystem::directory_iterator() && left-- > 0) {
    const std::string path = (directory / entries->path().filename()).string();
    if (former_path(source, path) == original) follow(source, path, Found::by_copy);
    entries.increment(error);
  }
}

void FileSet::lose(std::size_t source, const std::string& path, const Position& position) {
  if (position.size <= position.offset) return;
  const std::uint64_t bytes = position.size - position.offset;
  stats_[source].lost_bytes += bytes;
  context_.log.write(Level::warn, "access_log: " + path + " is gone or was cut, and " +
                                      std::to_string(bytes) + " bytes of it were never counted");
}

// What was followed before this start, and is nowhere to be found.
void FileSet::count_gone(std::size_t source) {
  if (files_.size() >= most_files_) return;
  for (const Position& position : context_.positions.all(key(source))) {
    const FileId id{.device = position.device, .inode = position.inode};
    if (files_.contains(id) || there_at_start_.contains(id)) continue;
    lose(source, "a file of " + sources_[source].pattern, position);
    forget_position(source, id);
  }
}

}  // namespace wayside
