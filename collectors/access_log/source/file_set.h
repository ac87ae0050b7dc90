#pragma once

#include <deque>
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
#include "collectors/access_log/source/file_system.h"
#include "collectors/access_log/source/followed_file.h"
#include "collectors/access_log/source/lag_age.h"
#include "collectors/access_log/source/path_pattern.h"
#include "collectors/access_log/source/watcher.h"

namespace wayside {

// Files to follow: a path or a glob, and where to begin in those there are at the first start.
struct FollowSource {
  std::string pattern;
  bool start_at_beginning = false;
  bool pipe_elsewhere = false;  // a named pipe of this name is read by a feed
};

// What became of one source. The first four are as of now, the others have been summed up since
// the start.
struct FollowStats {
  std::uint64_t files = 0;
  std::uint64_t unreadable = 0;  // files that match and cannot be opened
  // Not read yet, and how old the oldest of it is; nothing where no file is followed.
  std::optional<std::uint64_t> lag_bytes = std::nullopt;
  std::optional<Micros> lag_age = std::nullopt;
  std::uint64_t read_bytes = 0;
  std::uint64_t rotations = 0;
  std::uint64_t truncations = 0;
  std::uint64_t lost_bytes = 0;  // known to have been there, and gone before they were read
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
  // The name of a file system where inotify is silent; empty where it is not. Tests set another.
  std::function<std::string_view(int descriptor)> silent = silent_file_system_of;
};

// A file that is followed.
struct TrackedFile {
  FollowedFile file;
  std::size_t source = 0;
  std::string path;  // its last name that a pattern matched
  std::unique_ptr<LineSink> sink;
  int watch = -1;
  bool listed = true;       // a pattern matches one of its names
  bool superseded = false;  // it was found when it had lost that name already
  bool dirty = true;        // there may be something to read
  bool failing = false;
  bool silent = false;  // inotify does not tell of it
  SteadyTime active{};  // when it last grew
  LagAge age{};
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
  // Asks every file whether it changed.
  void look();
  // The same of files on file systems where inotify is silent. True: some grew just now.
  bool look_at_silent();
  [[nodiscard]] bool has_silent() const { return has_silent_; }
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
  enum class Found : std::uint8_t { by_pattern, by_trail, by_position, by_birth, by_copy };
  struct Cut {
    std::string path;
    Position position;
    std::uint64_t copied = 0;  // how many of the bytes there were are read in a copy
  };
  // What a file that was found has of another one.
  struct Copy {
    std::optional<Position> from = std::nullopt;  // before it, everything was counted
    bool waits = false;                           // the original has it all, so far
  };

  void walk(std::size_t source);
  void matched(std::size_t source, const std::string& path);
  void note_slipped(const std::string& path, FileId id);
  void follow(std::size_t source, const std::string& path, Found how);
  void add(TrackedFile tracked, Found how, std::optional<Position> from);
  void watch(TrackedFile& tracked);
  std::optional<Position> start(TrackedFile& tracked, Found how);
  std::optional<Position> resume(TrackedFile& tracked, const Position& position);
  [[nodiscard]] std::optional<Position> saved(std::size_t source, FileId id) const;
  void forget_position(std::size_t source, FileId id);
  [[nodiscard]] std::optional<std::string> former_path(std::size_t source,
                                                       const std::string& path) const;
  [[nodiscard]] std::string first_path(std::size_t source, const std::string& path) const;
  [[nodiscard]] bool is_copy_of(std::size_t source, const std::string& original,
                                const FollowedFile& file) const;
  const Cut& remember_cut(const TrackedFile& tracked, const Position& position);
  Copy judge(std::size_t source, const std::string& path, const FollowedFile& file);
  void was_cut(TrackedFile& tracked, const Position& position);
  void find_copy(std::size_t source, const std::string& original);
  void lose(std::size_t source, const std::string& path, const Position& position);
  void count_gone(std::size_t source);
  void follow_trails();
  void search(std::size_t source);
  void search_in(std::size_t source, const std::string& directory, Found how);
  void consider(std::size_t source, const std::string& directory, const std::string& name,
                Found how);
  [[nodiscard]] bool names_changed() const;
  [[nodiscard]] bool came_between(std::size_t source, const std::string& directory,
                                  const std::string& name, std::int64_t birth) const;
  void let_go();
  [[nodiscard]] bool is_due(const TrackedFile& tracked) const;
  void forget(const TrackedFile& tracked);
  bool read_one(TrackedFile& tracked, ReadBuffer& buffer);
  void after_turn(TrackedFile& tracked, const ReadTurn& turn);
  void save(const TrackedFile& tracked);
  void note_age(TrackedFile& tracked) const;
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
  std::map<FileId, Position> departed_;
  std::deque<Cut> cuts_;  // the latest
  // By source: they may be copies, or are too short to tell.
  std::map<FileId, std::size_t> waiting_;
  std::set<FileId> slipped_;         // in this scan
  std::set<FileId> there_at_start_;  // but could not be opened then
  std::set<std::string> told_;
  std::vector<FollowStats> stats_;
  std::size_t most_files_;
  std::vector<bool> known_;           // by source: it was read before this start
  std::int64_t begun_;                // nanoseconds since 1970, as all births
  std::vector<std::int64_t> looked_;  // by source: when the last scan began
  bool first_scan_ = true;
  bool has_silent_ = false;
};

}  // namespace wayside
