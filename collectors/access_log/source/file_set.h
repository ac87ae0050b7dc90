#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "agent/core/log.h"
#include "agent/core/positions.h"
#include "agent/core/time.h"
#include "collectors/access_log/source/directory_watches.h"
#include "collectors/access_log/source/followed_file.h"
#include "collectors/access_log/source/path_pattern.h"
#include "collectors/access_log/source/watcher.h"

namespace wayside {

// Files to follow: a path or a glob, and where to begin in those there are at the first start.
struct FollowSource {
  std::string pattern;
  bool start_at_beginning = false;
};

// What became of one source. The first three are as of now, the others have been summed up since
// the start.
struct FollowStats {
  std::uint64_t files = 0;
  std::uint64_t unreadable = 0;  // files that match and cannot be opened
  std::uint64_t lag_bytes = 0;
  std::uint64_t read_bytes = 0;
  std::uint64_t rotations = 0;
  std::uint64_t truncations = 0;
};

// How long a file without a name of its own is kept open after its last growth: its writer may
// go on with it until it is told to open the new one.
struct Patience {
  Micros renamed{60'000'000};         // and a new file has its name
  Micros deleted{10'000'000};         // the same, but its disk space is held by us
  Micros deleted_alone{600'000'000};  // and no new file came
  Micros renamed_alone{3'600'000'000};
};

// Makes what takes the lines of a file.
using OpenSink =
    std::function<std::unique_ptr<LineSink>(std::size_t source, const std::string& path)>;

// What a file set works with. All outlive it.
struct FollowContext {
  Positions& positions;
  Log& log;
  const Clock& clock;
};

// A file that is followed.
struct TrackedFile {
  FollowedFile file;
  std::size_t source = 0;
  std::string path;  // its last name that a pattern matched
  std::unique_ptr<LineSink> sink;
  int watch = -1;
  std::int64_t birth = 0;
  bool listed = true;       // a pattern matches one of its names
  bool superseded = false;  // it was found when it had lost that name already
  bool dirty = true;        // there may be something to read
  bool failing = false;
  SteadyTime active{};  // when it last grew
};

// The files of all sources, found by their patterns and known by device and inode, so that none
// is read twice, whatever it is renamed to. One thread at a time.
class FileSet {
 public:
  static constexpr std::size_t kMaxFiles = 4096;

  // `watcher` outlives it.
  FileSet(std::vector<FollowSource> sources, const Watcher& watcher, FollowContext context,
          OpenSink open_sink, Patience patience = {});

  // Looks for files that came, went or were renamed.
  void scan();
  // Asks every file whether it changed, for file systems where inotify is silent.
  void look();
  // Marks what an event tells of. True: `scan` is called for.
  bool on_event(const WatchEvent& event);
  // Hands every changed file's lines to its sink, some blocks of each. True: call again, there
  // was more. `active` tells whether any file was looked into.
  bool read(ReadBuffer& buffer, bool& active);
  // Saves where reading stands.
  void save();

  // By source, in the order given.
  [[nodiscard]] std::vector<FollowStats> stats() const;

 private:
  struct Departed {
    std::uint64_t position = 0;
    std::int64_t birth = 0;
  };
  enum class Found : std::uint8_t { by_pattern, by_trail, by_position, by_birth };

  void walk(std::size_t source);
  void matched(std::size_t source, const std::string& path);
  void follow(std::size_t source, const std::string& path, Found how);
  void add(std::size_t source, const std::string& path, FollowedFile file, Found how);
  void start(TrackedFile& tracked, Found how);
  [[nodiscard]] std::optional<std::uint64_t> saved(std::size_t source, FileId id) const;
  void follow_trails();
  void search(std::size_t source);
  void search_in(std::size_t source, const std::string& directory);
  void consider(std::size_t source, const std::string& directory, const std::string& name);
  [[nodiscard]] bool names_changed() const;
  [[nodiscard]] bool came_between(std::size_t source, const std::string& directory,
                                  const std::string& name, std::int64_t birth) const;
  void let_go();
  [[nodiscard]] bool is_due(const TrackedFile& tracked) const;
  void forget(const TrackedFile& tracked);
  bool read_one(TrackedFile& tracked, ReadBuffer& buffer);
  void after_turn(TrackedFile& tracked, const ReadTurn& turn);
  void save(const TrackedFile& tracked);
  [[nodiscard]] std::string key(std::size_t source) const;
  void tell_once(const std::string& what, Level level, const std::string& message);

  std::vector<PathPattern> patterns_;
  std::vector<FollowSource> sources_;
  const Watcher& watcher_;
  FollowContext context_;
  OpenSink open_sink_;
  Patience patience_;
  DirectoryWatches directories_;
  std::map<FileId, TrackedFile> files_;
  std::map<int, FileId> by_watch_;
  std::map<std::string, FileId> owners_;       // of names, as of this scan
  std::map<std::string, FileId> past_owners_;  // the last ones before it
  std::map<FileId, Departed> departed_;
  std::set<FileId> there_at_start_;  // but could not be opened then
  std::set<std::string> told_;
  std::vector<FollowStats> stats_;
  std::size_t most_files_;
  std::vector<bool> known_;           // by source: it was read before this start
  std::int64_t begun_;                // nanoseconds since 1970, as all births
  std::vector<std::int64_t> looked_;  // by source: when the last scan began
  bool first_scan_ = true;
};

}  // namespace wayside
