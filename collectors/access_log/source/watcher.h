#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "agent/core/file_descriptor.h"
#include "agent/core/result.h"
#include "agent/core/time.h"

namespace wayside {

// One event of inotify(7).
struct WatchEvent {
  int watch = -1;            // -1: events were lost, anything may have changed
  std::uint32_t mask = 0;    // IN_* bits
  std::uint32_t cookie = 0;  // the same for both halves of a rename
  std::string_view name;     // within a directory; empty: the watched thing itself
};

// Waits for changes of directories and files, for a time, or to be woken. One thread at a time,
// but for `wake`.
class Watcher {
 public:
  static Result<Watcher> create();

  // Names that come, go or change within a directory. Again for the same directory: its watch.
  [[nodiscard]] Result<int> watch_directory(const std::string& path) const;
  // What is written to an open file, whatever its name is or becomes.
  [[nodiscard]] Result<int> watch_file(int descriptor) const;
  void forget(int watch) const;

  // Ends the present wait or pause and all later ones: meant for a stop. Thread-safe.
  void wake() const;

  // Waits until something happens, at most `timeout`, and tells of all that has happened.
  void wait(Micros timeout, const std::function<void(const WatchEvent&)>& on_event) const;
  // Waits for `timeout` whatever happens to files, unless woken.
  void pause(Micros timeout) const;
  // The same, but ends when `descriptor` can be read.
  void pause(Micros timeout, int descriptor) const;

  // From now on waits end as well when `descriptor` can be read. It outlives this.
  Result<void> heed(int descriptor) const;

 private:
  Watcher(FileDescriptor inotify, FileDescriptor wake, FileDescriptor epoll)
      : inotify_(std::move(inotify)), wake_(std::move(wake)), epoll_(std::move(epoll)) {}
  void drain(const std::function<void(const WatchEvent&)>& on_event) const;

  FileDescriptor inotify_;
  FileDescriptor wake_;
  FileDescriptor epoll_;
};

}  // namespace wayside
