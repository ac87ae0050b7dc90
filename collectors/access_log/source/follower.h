#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

#include "collectors/access_log/source/feed_set.h"
#include "collectors/access_log/source/file_set.h"
#include "collectors/access_log/source/watcher.h"

namespace wayside {

// When the follower does what.
struct FollowTimes {
  Micros pause{20'000};     // between two readings while files grow, so that writes are gathered
  Micros beat{1'000'000};   // how often files are asked whether they grew, without any event
  Micros poll{250'000};     // the same of files that grow where inotify is silent
  Micros scan{2'000'000};   // how often directories are looked into, without any event
  Micros scan_gap{20'000};  // and at most how often, with events
  Patience patience = {};
};

// What a follower is asked to do, on its thread.
struct FollowHooks {
  OpenSink open_sink;
  std::function<void(const std::vector<FollowStats>&)> beat;  // once per FollowTimes::beat
  std::vector<std::unique_ptr<Feed>> feeds = {};              // read beside the files
};

// With the same Positions, a follower goes on where the one before it stopped, through renames,
// cuts and links that changed meanwhile. Not found are files that came and were deleted between
// the two, all but the first of several copies of one file that was cut each time, and targets of
// links that came and went.
//
// Follows files and feeds and hands their lines on, until it is stopped. Sleeps while nothing
// happens.
class Follower {
 public:
  static Result<std::unique_ptr<Follower>> create(std::vector<FollowSource> sources,
                                                  FollowContext context, FollowHooks hooks,
                                                  FollowTimes times = {});

  // To be called once. Positions are saved every beat, and when it returns.
  void run(std::stop_token stop);

  // Everything that stood in the files at the start has been read. Thread-safe.
  [[nodiscard]] bool caught_up() const { return caught_up_.load(std::memory_order_acquire); }

 private:
  Follower(std::vector<FollowSource> sources, Watcher watcher, FeedSet feeds, FollowContext context,
           FollowHooks hooks, FollowTimes times);
  void scan();
  void beat();
  void poll();
  void await(bool files_active, bool feeds_active);

  FeedSet feeds_;
  Watcher watcher_;
  FollowHooks hooks_;
  FollowTimes times_;
  const Clock& clock_;
  FileSet files_;
  ReadBuffer buffer_;
  SteadyTime next_beat_;
  SteadyTime next_poll_ = SteadyTime::max();
  SteadyTime next_scan_;      // where nothing calls for one earlier
  SteadyTime earliest_scan_;  // where something does
  bool scan_wanted_ = true;
  std::atomic<bool> caught_up_{false};
};

}  // namespace wayside
