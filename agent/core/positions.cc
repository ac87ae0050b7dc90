#include "agent/core/positions.h"

#include <algorithm>

namespace wayside {

void Positions::save(const std::string& source, const Position& position) {
  const std::lock_guard lock(mutex_);
  Files& files = saved_[source];
  files[{position.device, position.inode}] = {
      .offset = position.offset, .replayed = position.replayed, .turn = ++turn_};
  if (files.size() > kMaxFiles) forget_oldest(files);
}

void Positions::forget(const std::string& source, std::uint64_t device, std::uint64_t inode) {
  const std::lock_guard lock(mutex_);
  const auto files = saved_.find(source);
  if (files != saved_.end()) files->second.erase({device, inode});
}

void Positions::forget_oldest(Files& files) {
  const auto oldest =
      std::min_element(files.begin(), files.end(),
                       [](const auto& a, const auto& b) { return a.second.turn < b.second.turn; });
  files.erase(oldest);
}

std::optional<Position> Positions::find(const std::string& source, std::uint64_t device,
                                        std::uint64_t inode) const {
  const std::lock_guard lock(mutex_);
  const auto files = saved_.find(source);
  if (files == saved_.end()) return std::nullopt;
  const auto saved = files->second.find({device, inode});
  if (saved == files->second.end()) return std::nullopt;
  return Position{device, inode, saved->second.offset, saved->second.replayed};
}

bool Positions::knows(const std::string& source) const {
  const std::lock_guard lock(mutex_);
  return saved_.contains(source);
}

}  // namespace wayside
