#include "collectors/access_log/source/feed_set.h"

#include <sys/epoll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace wayside {

Result<FeedSet> FeedSet::create(std::vector<std::unique_ptr<Feed>> feeds) {
  FileDescriptor epoll(::epoll_create1(EPOLL_CLOEXEC));
  if (!epoll) return system_error("epoll_create1");
  std::vector<Fed> all;
  all.reserve(feeds.size());
  for (auto& feed : feeds) all.push_back({.feed = std::move(feed)});
  return FeedSet(std::move(epoll), std::move(all));
}

void FeedSet::tend() {
  for (std::size_t i = 0; i < feeds_.size(); ++i) {
    feeds_[i].feed->tend();
    know(i);
  }
}

void FeedSet::know(std::size_t index) {
  Fed& fed = feeds_[index];
  const FeedDescriptor now = fed.feed->descriptor();
  fed.known.ready = now.ready;
  if (now.fd == fed.known.fd && now.opened == fed.known.opened) return;
  // Where the one before was closed it left the set by itself, and this fails.
  if (fed.known.fd >= 0) ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, fed.known.fd, nullptr);
  fed.known = now;
  fed.always = false;
  if (now.fd < 0) return;
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = index;
  if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, now.fd, &event) != 0) fed.always = errno == EPERM;
}

bool FeedSet::read(bool& active) {
  std::array<epoll_event, 64> ready{};
  const int n = ::epoll_wait(epoll_.get(), ready.data(), static_cast<int>(ready.size()), 0);
  bool more = false;
  patience_ = Micros::max();
  for (int i = 0; i < n; ++i) {
    const auto index = static_cast<std::size_t>(ready[static_cast<std::size_t>(i)].data.u64);
    more = read_one(index) || more;
  }
  active = n > 0;
  for (std::size_t i = 0; i < feeds_.size(); ++i) {
    if (!feeds_[i].always && !feeds_[i].known.ready) continue;
    active = true;
    more = read_one(i) || more;
  }
  return more;
}

bool FeedSet::read_one(std::size_t index) {
  Feed& feed = *feeds_[index].feed;
  const bool more = feed.read();
  patience_ = std::min(patience_, feed.patience());
  know(index);
  return more;
}

}  // namespace wayside
