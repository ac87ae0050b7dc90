#pragma once

#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "agent/core/file_descriptor.h"
#include "agent/core/result.h"

namespace wayside {

// What the main thread waits for: signals, reload requests of other threads, and the second.
// Made before any other thread, since it blocks the signals it takes: SIGTERM and SIGINT end the
// loop, SIGHUP reloads, SIGPIPE is ignored.
class MainLoop {
 public:
  static Result<std::unique_ptr<MainLoop>> create();

  struct Handlers {
    std::function<Result<void>()> reload;
    std::function<void()> tick;
  };
  // Until SIGTERM or SIGINT. Afterwards every request to reload is refused.
  void run(const Handlers& handlers);

  // From any thread but the loop's own: asks for a reload and waits for what came of it.
  Result<void> request_reload();

 private:
  MainLoop(FileDescriptor signals, FileDescriptor wake);
  bool take_signals(const Handlers& handlers);  // false: time to end
  void take_requests(const Handlers& handlers);
  void close();

  FileDescriptor signals_;
  FileDescriptor wake_;
  std::mutex mutex_;
  bool closed_ = false;
  std::vector<std::promise<Result<void>>> requests_;
};

}  // namespace wayside
