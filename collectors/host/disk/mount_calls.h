#pragma once

#include <sys/statvfs.h>

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>

#include "agent/core/time.h"

namespace wayside {

// Asks file systems how full they are. statvfs(3) does not return while the server of a network
// file system is away, so it is called on a thread of its own. One that is stuck keeps its thread,
// and another takes up the rest; no mount has more than one call. One thread asks.
class MountCalls {
 public:
  using Call = int (*)(const char* path, struct ::statvfs* values);
  struct Limits {
    std::chrono::milliseconds each{250};  // that one call is waited for
    std::chrono::milliseconds all{500};   // and all of them
    std::chrono::seconds silence{5};      // after which a mount counts as one that does not answer
    std::size_t threads = 32;             // that may be stuck
  };
  struct Answer {
    int error = 0;  // errno; ETIMEDOUT for a mount that does not answer
    struct ::statvfs values {};
  };

  explicit MountCalls(Call call) : MountCalls(call, Limits()) {}
  MountCalls(Call call, const Limits& limits);
  // Calls that are stuck are left to themselves.
  ~MountCalls();
  MountCalls(const MountCalls&) = delete;
  MountCalls& operator=(const MountCalls&) = delete;

  // Asks the mounts at these paths, each of them once, and forgets all others. Those that were
  // asked before and are still silent are neither asked again nor waited for.
  void ask(std::span<const std::string> paths, SteadyTime now);
  // What the mount said, now or, while it is silent and was asked not long ago, before. Nothing
  // where there is no answer yet.
  [[nodiscard]] std::optional<Answer> answer(const std::string& path, SteadyTime now) const;

 private:
  struct Shared;
  struct Known {
    std::optional<Answer> answer;
    std::optional<SteadyTime> silent_since;
  };
  static void work(const std::shared_ptr<Shared>& shared);
  // With the mutex held.
  void add_thread();
  void wait(std::unique_lock<std::mutex>& lock);
  void take_answers(std::span<const std::string> paths, SteadyTime now);

  Limits limits_;
  std::shared_ptr<Shared> shared_;  // with the threads, which may outlive this
  std::map<std::string, Known> known_;
};

}  // namespace wayside
