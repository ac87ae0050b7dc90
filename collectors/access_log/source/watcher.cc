#include "collectors/access_log/source/watcher.h"

#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstring>

namespace wayside {
namespace {

constexpr std::uint32_t kDirectoryEvents = IN_CREATE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE |
                                           IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
constexpr std::uint32_t kFileEvents = IN_MODIFY;

int milliseconds(Micros timeout) {
  // Rounded up, or a wait for the rest of a millisecond would spin.
  const auto ms = std::chrono::ceil<std::chrono::milliseconds>(timeout).count();
  return static_cast<int>(std::clamp<std::int64_t>(ms, 0, INT_MAX));
}

Result<void> add(const FileDescriptor& epoll, int fd) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = fd;
  if (::epoll_ctl(epoll.get(), EPOLL_CTL_ADD, fd, &event) == 0) return {};
  return system_error("epoll_ctl");
}

}  // namespace

Result<Watcher> Watcher::create() {
  FileDescriptor inotify(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
  if (!inotify) return system_error("inotify_init1 (see fs.inotify.max_user_instances)");
  FileDescriptor wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!wake) return system_error("eventfd");
  FileDescriptor epoll(::epoll_create1(EPOLL_CLOEXEC));
  if (!epoll) return system_error("epoll_create1");
  if (auto added = add(epoll, inotify.get()); !added) return added.error();
  if (auto added = add(epoll, wake.get()); !added) return added.error();
  return Watcher(std::move(inotify), std::move(wake), std::move(epoll));
}

Result<int> Watcher::watch_directory(const std::string& path) const {
  const int watch = ::inotify_add_watch(inotify_.get(), path.c_str(), kDirectoryEvents);
  if (watch < 0) return system_error("cannot watch " + path);
  return watch;
}

Result<int> Watcher::watch_file(int descriptor) const {
  // By way of the descriptor, because the name may belong to another file by now.
  const std::string path = "/proc/self/fd/" + std::to_string(descriptor);
  const int watch = ::inotify_add_watch(inotify_.get(), path.c_str(), kFileEvents);
  if (watch < 0) return system_error("cannot watch the file");
  return watch;
}

void Watcher::forget(int watch) const {
  ::inotify_rm_watch(inotify_.get(), watch);
}

void Watcher::wake() const {
  const std::uint64_t one = 1;
  // Fails only where it is woken already.
  [[maybe_unused]] const auto written = ::write(wake_.get(), &one, sizeof one);
}

void Watcher::wait(Micros timeout, const std::function<void(const WatchEvent&)>& on_event) const {
  std::array<epoll_event, 3> ready{};
  const int n = ::epoll_wait(epoll_.get(), ready.data(), static_cast<int>(ready.size()),
                             milliseconds(timeout));
  for (int i = 0; i < n; ++i) {
    if (ready[static_cast<std::size_t>(i)].data.fd == inotify_.get()) drain(on_event);
  }
}

void Watcher::pause(Micros timeout) const {
  pause(timeout, -1);
}

void Watcher::pause(Micros timeout, int descriptor) const {
  // poll leaves a descriptor of -1 out.
  std::array<pollfd, 2> asked{{{.fd = wake_.get(), .events = POLLIN, .revents = 0},
                               {.fd = descriptor, .events = POLLIN, .revents = 0}}};
  ::poll(asked.data(), asked.size(), milliseconds(timeout));
}

Result<void> Watcher::heed(int descriptor) const {
  return add(epoll_, descriptor);
}

void Watcher::drain(const std::function<void(const WatchEvent&)>& on_event) const {
  alignas(inotify_event) std::array<char, 16UL * 1024> buffer;
  // Bounded, so that a storm of events does not keep files from being read.
  for (int turns = 0; turns < 64; ++turns) {
    const ssize_t n = ::read(inotify_.get(), buffer.data(), buffer.size());
    if (n <= 0) return;
    for (std::size_t at = 0; at < static_cast<std::size_t>(n);) {
      inotify_event event{};
      std::memcpy(&event, buffer.data() + at, sizeof event);
      const char* name = buffer.data() + at + sizeof event;
      at += sizeof event + event.len;
      if ((event.mask & IN_IGNORED) != 0) continue;
      on_event({.watch = (event.mask & IN_Q_OVERFLOW) != 0 ? -1 : event.wd,
                .mask = event.mask,
                .cookie = event.cookie,
                .name = event.len > 0 ? std::string_view(name) : std::string_view{}});
    }
  }
}

}  // namespace wayside
