#include "collectors/access_log/source/follower.h"

#include <algorithm>
#include <utility>

namespace wayside {

Result<std::unique_ptr<Follower>> Follower::create(std::vector<FollowSource> sources,
                                                   FollowContext context, FollowHooks hooks,
                                                   FollowTimes times) {
  auto watcher = Watcher::create();
  if (!watcher) return watcher.error();
  auto feeds = FeedSet::create(std::move(hooks.feeds));
  if (!feeds) return feeds.error();
  if (auto heeded = watcher->heed(feeds->descriptor()); !heeded) return heeded.error();
  return std::unique_ptr<Follower>(new Follower(std::move(sources), std::move(*watcher),
                                                std::move(*feeds), context, std::move(hooks),
                                                times));
}

Follower::Follower(std::vector<FollowSource> sources, Watcher watcher, FeedSet feeds,
                   FollowContext context, FollowHooks hooks, FollowTimes times)
    : feeds_(std::move(feeds)),
      watcher_(std::move(watcher)),
      hooks_(std::move(hooks)),
      times_(times),
      clock_(context.clock),
      files_(std::move(sources), watcher_, context, hooks_.open_sink, times.patience) {}

void Follower::run(std::stop_token stop) {
  const std::stop_callback wake(stop, [this] { watcher_.wake(); });
  next_beat_ = clock_.steady() + times_.beat;
  feeds_.tend();
  scan();  // even where it is stopped at once: from now on its sources were read before
  while (!stop.stop_requested()) {
    const SteadyTime now = clock_.steady();
    if (now >= next_scan_ || (scan_wanted_ && now >= earliest_scan_)) scan();
    if (now >= next_poll_) poll();
    bool active = false;
    bool feeds_active = false;
    bool more = files_.read(buffer_, active);
    more = feeds_.read(feeds_active) || more;
    if (!more && !scan_wanted_) caught_up_.store(true, std::memory_order_release);
    if (clock_.steady() >= next_beat_) beat();
    if (more) {
      watcher_.wait(Micros{0}, [this](const WatchEvent& e) { scan_wanted_ |= files_.on_event(e); });
    } else {
      await(active, feeds_active);
    }
  }
  beat();
}

void Follower::scan() {
  const SteadyTime begun = clock_.steady();
  scan_wanted_ = false;
  files_.scan();
  const SteadyTime ended = clock_.steady();
  if (files_.has_silent() && next_poll_ == SteadyTime::max()) next_poll_ = ended;
  next_scan_ = ended + times_.scan;
  // Where looking takes long and directories are busy, a tenth of the time is enough for it.
  earliest_scan_ = ended + std::max<SteadyTime::duration>(times_.scan_gap, (ended - begun) * 9);
}

void Follower::beat() {
  files_.look();
  files_.save();
  feeds_.tend();
  if (hooks_.beat) hooks_.beat(files_.stats());
  next_beat_ = clock_.steady() + times_.beat;
}

void Follower::poll() {
  const bool lively = files_.look_at_silent();
  next_poll_ = clock_.steady() + (lively ? times_.poll : times_.beat);
}

void Follower::await(bool files_active, bool feeds_active) {
  const bool active = files_active || feeds_active;
  if (feeds_active) {
    watcher_.pause(std::min(times_.pause, feeds_.patience()));
  } else if (files_active) {
    watcher_.pause(times_.pause, feeds_.descriptor());
  }
  const SteadyTime due =
      std::min({next_beat_, next_poll_, scan_wanted_ ? earliest_scan_ : next_scan_});
  const auto left = active ? Micros{0} : std::chrono::ceil<Micros>(due - clock_.steady());
  watcher_.wait(std::max(left, Micros{0}),
                [this](const WatchEvent& e) { scan_wanted_ |= files_.on_event(e); });
}

}  // namespace wayside
