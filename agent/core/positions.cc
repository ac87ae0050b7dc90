#include "agent/core/positions.h"

#include <algorithm>

namespace wayside {

void Positions::save(const std::string& source, const Position& position) {
  const std::lock_guard lock(mutex_);
  Files& files = saved_[source].files;
  files[{position.device, position.inode}] = {position, ++turn_};
  if (files.size() > kMaxFiles) forget_oldest(files);
}

void Positions::forget(const std::string& source, std::uint64_t device, std::uint64_t inode) {
  const std::lock_guard lock(mutex_);
  const auto known = saved_.find(source);
  if (known != saved_.end()) known->second.files.erase({device, inode});
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
  const auto known = saved_.find(source);
  if (known == saved_.end()) return std::nullopt;
  const auto saved = known->second.files.find({device, inode});
  if (saved == known->second.files.end()) return std::nullopt;
  return saved->second.position;
}

std::vector<Position> Positions::all(const std::string& source) const {
  const std::lock_guard lock(mutex_);
  std::vector<Position> positions;
  const auto known = saved_.find(source);
  if (known == saved_.end()) return positions;
  for (const auto& [file, saved] : known->second.files) positions.push_back(saved.position);
  return positions;
}

void Positions::looked(const std::string& source, std::int64_t at) {
  const std::lock_guard lock(mutex_);
  saved_[source].looked = at;
}

std::optional<std::int64_t> Positions::last_look(const std::string& source) const {
  const std::lock_guard lock(mutex_);
  const auto known = saved_.find(source);
  return known == saved_.end() ? std::nullopt : known->second.looked;
}

bool Positions::knows(const std::string& source) const {
  const std::lock_guard lock(mutex_);
  return saved_.contains(source);
}

}  // namespace wayside
