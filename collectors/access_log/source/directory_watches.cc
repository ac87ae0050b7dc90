#include "collectors/access_log/source/directory_watches.h"

#include <sys/inotify.h>

#include <algorithm>

#include "collectors/access_log/source/path_pattern.h"

namespace wayside {

void DirectoryWatches::begin() {
  for (auto& [watch, directory] : watched_) directory.interests.clear();
}

void DirectoryWatches::want(std::size_t source, const std::string& path,
                            const std::string& component, bool last) {
  auto watch = watcher_.watch_directory(path);
  if (!watch) {
    if (unwatchable_.insert(path).second) {
      log_.write(Level::warn, "access_log: " + watch.error().message +
                                  "; it is looked into every few seconds instead (see "
                                  "fs.inotify.max_user_watches and the directory's permissions)");
    }
    return;
  }
  unwatchable_.erase(path);
  Directory& directory = watched_[*watch];
  directory.path = path;
  const Interest interest{.source = source, .component = component, .last = last};
  auto& all = directory.interests;
  if (std::find(all.begin(), all.end(), interest) == all.end()) all.push_back(interest);
}

void DirectoryWatches::end(SteadyTime now) {
  const auto old = [now](const auto& entry) { return now - entry.second.at > kTrailAge; };
  for (auto it = watched_.begin(); it != watched_.end();) {
    if (it->second.interests.empty()) {
      watcher_.forget(it->first);
      it = watched_.erase(it);
    } else {
      std::erase_if(it->second.trail, old);
      ++it;
    }
  }
  std::erase_if(leaving_, old);
}

bool DirectoryWatches::concerns(const Directory& directory, const std::string& name) {
  return directory.trail.contains(name) ||
         std::any_of(directory.interests.begin(), directory.interests.end(),
                     [&](const Interest& interest) { return matches(interest.component, name); });
}

bool DirectoryWatches::on_event(const WatchEvent& event, SteadyTime now) {
  const auto found = watched_.find(event.watch);
  if (found == watched_.end()) return false;
  Directory& directory = found->second;
  if (event.name.empty()) return true;  // the directory itself went, or changed its mode
  const std::string name(event.name);
  bool concerned = concerns(directory, name);
  if ((event.mask & IN_MOVED_FROM) != 0) moved_from(directory, name, event, now);
  if ((event.mask & IN_MOVED_TO) != 0) {
    moved_to(directory, name, event);
    concerned = concerned || concerns(directory, name);
  }
  return concerned;
}

void DirectoryWatches::moved_from(Directory& directory, const std::string& name,
                                  const WatchEvent& event, SteadyTime now) {
  const auto trail = directory.trail.find(name);
  if (trail != directory.trail.end()) {
    leaving_[event.cookie] = {.source = trail->second.source, .at = now};
    directory.trail.erase(trail);
    return;
  }
  for (const Interest& interest : directory.interests) {
    if (!interest.last || !matches(interest.component, name)) continue;
    leaving_[event.cookie] = {.source = interest.source, .at = now};
    return;
  }
}

void DirectoryWatches::moved_to(Directory& directory, const std::string& name,
                                const WatchEvent& event) {
  const auto leaving = leaving_.find(event.cookie);
  if (leaving == leaving_.end()) return;
  directory.trail[name] = leaving->second;
  leaving_.erase(leaving);
}

std::vector<DirectoryWatches::Trail> DirectoryWatches::trails() const {
  std::vector<Trail> trails;
  for (const auto& [watch, directory] : watched_) {
    for (const auto& [name, moved] : directory.trail) {
      trails.push_back({.source = moved.source, .path = join_path(directory.path, name)});
    }
  }
  return trails;
}

std::vector<std::string> DirectoryWatches::directories_of(std::size_t source) const {
  std::vector<std::string> paths;
  for (const auto& [watch, directory] : watched_) {
    for (const Interest& interest : directory.interests) {
      if (interest.source != source || !interest.last) continue;
      paths.push_back(directory.path);
      break;
    }
  }
  return paths;
}

}  // namespace wayside
