#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "agent/core/log.h"
#include "agent/core/time.h"
#include "collectors/access_log/source/watcher.h"

namespace wayside {

// The directories that patterns look into, watched, and what their events mean. When files are
// rotated faster than directories are looked into, a file may have come and gone under the name
// that is followed: its trail of renames is kept, so that it is found under its new name.
class DirectoryWatches {
 public:
  // How long a trail is kept: far longer than any look takes to follow.
  static constexpr Micros kTrailAge{5'000'000};

  // Both outlive it.
  DirectoryWatches(const Watcher& watcher, Log& log) : watcher_(watcher), log_(log) {}

  // Between these two, `want` names every directory that matters; others are forgotten.
  void begin();
  void want(std::size_t source, const std::string& directory, const std::string& component,
            bool last);
  void end(SteadyTime now);

  // Whether the event is of a directory and may change what the patterns match.
  bool on_event(const WatchEvent& event, SteadyTime now);

  struct Trail {
    std::size_t source;
    std::string path;
  };
  // Where files went that had a name some pattern matches.
  [[nodiscard]] std::vector<Trail> trails() const;

  // Directories in which files of this source may stand.
  [[nodiscard]] std::vector<std::string> directories_of(std::size_t source) const;

 private:
  struct Interest {
    std::size_t source;
    std::string component;
    bool last;
    friend bool operator==(const Interest&, const Interest&) = default;
  };
  struct Moved {
    std::size_t source;
    SteadyTime at;
  };
  struct Directory {
    std::string path;
    std::vector<Interest> interests;
    std::map<std::string, Moved> trail;  // by name
  };

  static bool concerns(const Directory& directory, const std::string& name);
  void moved_from(Directory& directory, const std::string& name, const WatchEvent& event,
                  SteadyTime now);
  void moved_to(Directory& directory, const std::string& name, const WatchEvent& event);

  const Watcher& watcher_;
  Log& log_;
  std::map<int, Directory> watched_;        // by watch
  std::map<std::uint32_t, Moved> leaving_;  // by cookie: renames whose second half is to come
  std::set<std::string> unwatchable_;       // told once
};

}  // namespace wayside
