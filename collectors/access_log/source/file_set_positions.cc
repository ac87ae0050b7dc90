// The part of FileSet that knows where reading stands: what is saved, and where it goes on.
#include <algorithm>
#include <string>

#include "collectors/access_log/source/file_set.h"
#include "collectors/access_log/source/fingerprint.h"

namespace wayside {
namespace {

// Positions are saved by source, and under this name for all sources, so that a config with
// another glob for the same files goes on where they were left.
constexpr const char* kAllSources = "access_log";

}  // namespace

std::string FileSet::key(std::size_t source) const {
  return std::string(kAllSources) + ':' + sources_[source].pattern;
}

// Where the file was cut since its position was saved, that position.
std::optional<Position> FileSet::start(TrackedFile& tracked, Found how) {
  const FileId id = tracked.file.id();
  const std::int64_t birth = tracked.file.birth();
  // Files that appear later are read from their first byte.
  constexpr std::int64_t kSlack = 10'000'000;  // file times come from a coarser clock
  const bool older = how == Found::by_trail && birth != 0 && birth < begun_ - kSlack;
  const bool was_there = first_scan_ || older || there_at_start_.erase(id) > 0;
  if (const auto departed = departed_.find(id); departed != departed_.end()) {
    const Position position = departed->second;
    departed_.erase(departed);
    return resume(tracked, position);
  }
  if (!was_there) return std::nullopt;
  if (const auto position = saved(tracked.source, id)) return resume(tracked, *position);
  if (!known_[tracked.source] && !sources_[tracked.source].start_at_beginning) {
    if (auto started = tracked.file.start_at_end(); !started) {
      tell_once("read " + tracked.path, Level::warn, tracked.path + ": " + started.error().message);
    }
  }
  return std::nullopt;
}

std::optional<Position> FileSet::resume(TrackedFile& tracked, const Position& position) {
  // Another file that was given the same inode is told by its birth.
  if (position.birth != tracked.file.birth()) {
    lose(tracked.source, "a file that had the inode of " + tracked.path, position);
    return std::nullopt;
  }
  // Its copies are called by the name that it was followed by, which a link's target never had.
  if (!tracked.listed && !position.path.empty()) tracked.path = position.path;
  if (!tracked.file.resume(position)) {
    tracked.file.start_at(0);
    return position;
  }
  tracked.sink->replay(position.replayed);
  return std::nullopt;
}

std::optional<Position> FileSet::saved(std::size_t source, FileId id) const {
  auto position = context_.positions.find(key(source), id.device, id.inode);
  return position ? position : context_.positions.find(kAllSources, id.device, id.inode);
}

void FileSet::forget_position(std::size_t source, FileId id) {
  context_.positions.forget(key(source), id.device, id.inode);
  context_.positions.forget(kAllSources, id.device, id.inode);
}

void FileSet::save() {
  for (const auto& [id, tracked] : files_) save(tracked);
}

void FileSet::save(const TrackedFile& tracked) {
  Position position = tracked.file.where();
  const HeldBytes held = tracked.sink->held();
  position.back = std::min(held.back, position.offset);
  position.replayed = held.replayed;
  position.path = tracked.path;
  context_.positions.save(key(tracked.source), position);
  context_.positions.save(kAllSources, position);
}

}  // namespace wayside
