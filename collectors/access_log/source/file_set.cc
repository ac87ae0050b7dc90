#include "collectors/access_log/source/file_set.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace wayside {
namespace {

constexpr unsigned kBlocksPerTurn = 8;
constexpr Micros kLively{10'000'000};         // since its last growth a file is looked at often
constexpr std::size_t kMaxRemembered = 1024;  // departed files, messages told

std::int64_t now_nanos(const Clock& clock) {
  return clock.wall().time_since_epoch().count() * 1000;
}

// Half of the files the process may have open: the rest is for those who ask for metrics.
std::size_t most_files() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return FileSet::kMaxFiles;
  return std::min<std::size_t>(FileSet::kMaxFiles, limit.rlim_cur / 2);
}

std::string advice(const Error& error) {
  if (error.message.find("Permission denied") == std::string::npos) return error.message;
  return error.message +
         " (let the agent's user read it: on Debian, logs of nginx belong to the group adm)";
}

}  // namespace

FileSet::FileSet(std::vector<FollowSource> sources, const Watcher& watcher, FollowContext context,
                 OpenSink open_sink, Patience patience)
    : sources_(std::move(sources)),
      watcher_(watcher),
      context_(context),
      open_sink_(std::move(open_sink)),
      patience_(patience),
      directories_(watcher, context.log),
      stats_(sources_.size()),
      most_files_(most_files()),
      begun_(now_nanos(context.clock)) {
  for (const auto& source : sources_) patterns_.emplace_back(source.pattern);
}

void FileSet::tell_once(const std::string& what, Level level, const std::string& message) {
  if (told_.size() < kMaxRemembered && told_.insert(what).second) {
    context_.log.write(level, "access_log: " + message);
  }
}

void FileSet::scan() {
  if (first_scan_) {
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      known_.push_back(context_.positions.knows(key(i)));
      looked_.push_back(context_.positions.last_look(key(i)).value_or(begun_));
    }
  }
  const std::int64_t now = now_nanos(context_.clock);
  for (auto& [id, tracked] : files_) tracked.listed = false;
  for (auto& stats : stats_) stats.unreadable = 0;
  owners_.clear();
  directories_.begin();
  for (std::size_t i = 0; i < sources_.size(); ++i) walk(i);
  directories_.end(context_.clock.steady());
  follow_trails();
  const bool changed =
      !slipped_.empty() || (!first_scan_ && (!waiting_.empty() || names_changed()));
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    if (changed || (first_scan_ && known_[i])) search(i);
    if (first_scan_) count_gone(i);
    looked_[i] = now;
    // From now on it was read before, even where nothing is there yet.
    context_.positions.looked(key(i), now);
  }
  first_scan_ = false;
  slipped_.clear();
  if (past_owners_.size() > kMaxFiles) past_owners_.clear();
  for (const auto& [path, id] : owners_) past_owners_[path] = id;
  let_go();
}

void FileSet::walk(std::size_t source) {
  const PathPattern::Visitor visitor{
      .directory = [&](const std::string& directory, const std::string& component,
                       bool last) { directories_.want(source, directory, component, last); },
      .match = [&](const std::string& path) { matched(source, path); },
      .failed =
          [&](const std::string& path, int code) {
            tell_once("look " + path, Level::warn,
                      advice(system_error("cannot look into " + path, code)));
          }};
  if (patterns_[source].walk(visitor)) return;
  tell_once("walk " + patterns_[source].text(), Level::error,
            patterns_[source].text() + " matches too much: not all of it is followed");
}

void FileSet::matched(std::size_t source, const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return;  // gone again
  const FileId id = file_id(status);
  owners_[path] = id;
  if (!S_ISREG(status.st_mode)) {
    if (S_ISFIFO(status.st_mode) && sources_[source].pipe_elsewhere) return;
    tell_once("kind " + path, Level::warn, path + " is no regular file and is left out");
    return;
  }
  const auto found = files_.find(id);
  if (found == files_.end()) {
    follow(source, path, Found::by_pattern);
    note_slipped(path, id);
    return;
  }
  TrackedFile& tracked = found->second;
  if (tracked.source != source) {
    tell_once("claimed " + key(source) + path, Level::warn,
              path + " is followed for " + sources_[tracked.source].pattern + " already; " +
                  sources_[source].pattern + " does not count it again");
  } else if (!tracked.listed) {
    tracked.listed = true;
    tracked.superseded = false;
    tracked.path = path;
  }
}

// A file that was rotated after it was looked at and before it was opened: another one, or none,
// has its name now, and it is to be found by its new one.
void FileSet::note_slipped(const std::string& path, FileId id) {
  if (files_.contains(id) || slipped_.size() >= kMaxRemembered) return;
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || file_id(status) != id) slipped_.insert(id);
}

void FileSet::follow(std::size_t source, const std::string& path, Found how) {
  if (files_.size() >= most_files_) {
    tell_once("full", Level::error,
              "more than " + std::to_string(most_files_) +
                  " files match (see the limit of open files): " + path + " is not followed");
    return;
  }
  auto file = FollowedFile::open(path);
  if (!file) {
    if (how == Found::by_copy) return;
    struct stat status {};
    ++stats_[source].unreadable;
    if (first_scan_ && ::stat(path.c_str(), &status) == 0) there_at_start_.insert(file_id(status));
    tell_once("open " + path, Level::warn, path + ": " + advice(file.error()));
    return;
  }
  told_.erase("open " + path);
  if (files_.contains(file->id())) return;
  Copy copy;
  if (how != Found::by_position && how != Found::by_trail) copy = judge(source, path, *file);
  if (copy.waits && how == Found::by_birth && waiting_.size() < kMaxRemembered) {
    waiting_[file->id()] = source;
  }
  if (copy.waits || (how == Found::by_copy && !copy.from)) return;
  waiting_.erase(file->id());
  add({.file = std::move(*file), .source = source, .path = path, .sink = open_sink_(source, path)},
      how, copy.from);
}

void FileSet::add(TrackedFile tracked, Found how, std::optional<Position> from) {
  const FileId id = tracked.file.id();
  const std::string path = tracked.path;
  tracked.listed = how == Found::by_pattern;
  tracked.superseded = !tracked.listed;
  tracked.active = context_.clock.steady();
  watch(tracked);
  std::optional<Position> cut;
  if (from) {
    tracked.file.resume(*from);
  } else {
    cut = start(tracked, how);
  }
  const auto past = past_owners_.find(path);
  const bool replaced = past != past_owners_.end() && past->second != id && !first_scan_;
  if (replaced || how == Found::by_trail || how == Found::by_birth) {
    ++stats_[tracked.source].rotations;
  }
  context_.log.write(Level::debug, "access_log: following " + path + " from byte " +
                                       std::to_string(tracked.file.position()));
  const auto added = files_.emplace(id, std::move(tracked)).first;
  if (cut) was_cut(added->second, *cut);
}

// Watched before it is first looked into, so that nothing falls between the two.
void FileSet::watch(TrackedFile& tracked) {
  if (auto watch = watcher_.watch_file(tracked.file.descriptor()); watch) {
    tracked.watch = *watch;
    by_watch_[*watch] = tracked.file.id();
  } else {
    tell_once("watch", Level::warn,
              tracked.path + ": " + watch.error().message +
                  "; it is looked at every second instead (see fs.inotify.max_user_watches)");
  }
  const std::string_view system = context_.silent(tracked.file.descriptor());
  tracked.silent = !system.empty();
  if (!tracked.silent) return;
  has_silent_ = true;
  tell_once("silent " + std::string(system), Level::info,
            tracked.path + " is on " + std::string(system) +
                ", where not every change is told: it is looked at four times a second while it "
                "grows, every second otherwise");
}

void FileSet::follow_trails() {
  for (const auto& trail : directories_.trails()) {
    struct stat status {};
    if (::stat(trail.path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) continue;
    if (!files_.contains(file_id(status))) follow(trail.source, trail.path, Found::by_trail);
  }
}

bool FileSet::is_due(const TrackedFile& tracked) const {
  if (tracked.listed || tracked.dirty) return false;
  const auto owner = owners_.find(tracked.path);
  const bool succeeded =
      tracked.superseded || (owner != owners_.end() && owner->second != tracked.file.id());
  const Micros alone = tracked.file.deleted() ? patience_.deleted_alone : patience_.renamed_alone;
  const Micros patience = tracked.file.deleted() ? patience_.deleted : patience_.renamed;
  return context_.clock.steady() - tracked.active > (succeeded ? patience : alone);
}

void FileSet::let_go() {
  for (auto it = files_.begin(); it != files_.end();) {
    if (!is_due(it->second)) {
      ++it;
      continue;
    }
    forget(it->second);
    it = files_.erase(it);
  }
}

void FileSet::forget(const TrackedFile& tracked) {
  const FileId id = tracked.file.id();
  if (tracked.watch >= 0) {
    by_watch_.erase(tracked.watch);
    watcher_.forget(tracked.watch);
  }
  const Position position = tracked.file.where();
  lose(tracked.source, tracked.path, position);
  tracked.sink->end();
  // A copy may outlive it.
  if (position.tail_bytes > 0) remember_cut(tracked, position);
  // Sooner or later its inode is given to a new file, which is to be read from its start; as long
  // as this one may come back, it is told from that by its birth.
  forget_position(tracked.source, id);
  if (!tracked.file.deleted() && departed_.size() < kMaxRemembered) {
    departed_[id] = position;
  }
}

void FileSet::look() {
  for (auto& [id, tracked] : files_) {
    auto changed = tracked.file.changed();
    if (changed && *changed) tracked.dirty = true;
    note_age(tracked);
  }
}

bool FileSet::look_at_silent() {
  const SteadyTime now = context_.clock.steady();
  bool active = false;
  for (auto& [id, tracked] : files_) {
    if (!tracked.silent) continue;
    auto changed = tracked.file.changed();
    if (changed && *changed) tracked.dirty = true;
    active = active || tracked.dirty || now - tracked.active < kLively;
  }
  return active;
}

void FileSet::note_age(TrackedFile& tracked) const {
  const std::uint64_t position = tracked.file.position();
  tracked.age.seen(position + tracked.file.lag(), position, context_.clock.steady());
}

bool FileSet::on_event(const WatchEvent& event) {
  if (event.watch < 0) {
    for (auto& [id, tracked] : files_) tracked.dirty = true;
    return true;
  }
  const auto found = by_watch_.find(event.watch);
  if (found == by_watch_.end()) return directories_.on_event(event, context_.clock.steady());
  const auto tracked = files_.find(found->second);
  if (tracked != files_.end()) tracked->second.dirty = true;
  return false;
}

bool FileSet::read(ReadBuffer& buffer, bool& active) {
  active = false;
  std::set<std::string_view> unfinished;
  // Rotated files first: what a new one begins with may end a line of the one before it.
  for (const bool listed : {false, true}) {
    for (auto& [id, tracked] : files_) {
      if (!tracked.dirty || tracked.listed != listed || unfinished.contains(tracked.path)) continue;
      active = true;
      if (read_one(tracked, buffer)) unfinished.insert(tracked.path);
    }
  }
  return !unfinished.empty();
}

bool FileSet::read_one(TrackedFile& tracked, ReadBuffer& buffer) {
  const auto before = tracked.file.position() + tracked.file.lag();
  auto turn = tracked.file.read(buffer, *tracked.sink, kBlocksPerTurn);
  tracked.dirty = turn && turn->more;
  if (!turn) {
    if (!std::exchange(tracked.failing, true)) {
      context_.log.write(Level::warn, "access_log: " + tracked.path + ": " + turn.error().message);
    }
    return false;
  }
  tracked.failing = false;
  const auto after = tracked.file.position() + tracked.file.lag();
  if (turn->bytes > 0 || before != after) tracked.active = context_.clock.steady();
  after_turn(tracked, *turn);
  note_age(tracked);
  return tracked.dirty;
}

void FileSet::after_turn(TrackedFile& tracked, const ReadTurn& turn) {
  FollowStats& stats = stats_[tracked.source];
  stats.read_bytes += turn.bytes;
  if (turn.cut) was_cut(tracked, *turn.cut);
  if (turn.not_text) {
    tell_once("text " + tracked.path, Level::info, tracked.path + " is compressed and is left out");
  }
}

std::vector<FollowStats> FileSet::stats() const {
  std::vector<FollowStats> stats = stats_;
  for (const auto& [id, tracked] : files_) {
    FollowStats& of = stats[tracked.source];
    ++of.files;
    of.lag_bytes = of.lag_bytes.value_or(0) + tracked.file.lag();
    of.lag_age = std::max(of.lag_age.value_or(Micros{0}), tracked.age.age(context_.clock.steady()));
  }
  return stats;
}

}  // namespace wayside
