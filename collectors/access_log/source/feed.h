#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "agent/core/collector.h"
#include "agent/core/handover.h"
#include "agent/core/log.h"
#include "agent/core/time.h"
#include "collectors/access_log/source/line_sink.h"

namespace wayside {

// What became of one feed. What waits is as of now, the others have been summed up since the
// start.
struct FeedStats {
  std::optional<std::uint64_t> lag_bytes;  // not read yet, where the kernel tells
  std::uint64_t read_bytes = 0;
  std::uint64_t lost = 0;  // messages that found no room in the kernel, or are damaged
};

// What is waited for until it can be read.
struct FeedDescriptor {
  int fd = -1;          // -1: nothing at the moment
  unsigned opened = 0;  // differs from descriptor to descriptor, also where the number does not
  bool ready = false;   // there is something to read, whatever the descriptor tells
};

// Makes what takes the lines of a feed, or of one of those that write to it; `name` is for people.
using FeedSinks = std::function<std::unique_ptr<LineSink>(const std::string& name)>;

// What a feed works with. Both outlive it.
struct FeedContext {
  Log& log;
  Handover* handover = nullptr;  // null: nothing is left to a feed that comes later
};

// Brings lines from what is no file: a socket, a pipe, the journal. It never waits. One thread.
class Feed {
 public:
  virtual ~Feed() = default;

  // Opens what is not open. Called at the start and then every beat, and cheap while all is well.
  virtual void tend() = 0;
  [[nodiscard]] virtual FeedDescriptor descriptor() const = 0;
  // Hands on some of what has come. True: call again, there was more.
  virtual bool read() = 0;
  // How long it may be left alone after it was read to its end, so that more is gathered: its
  // buffer in the kernel must not overflow meanwhile.
  [[nodiscard]] virtual Micros patience() const { return Micros{1000}; }

  [[nodiscard]] virtual Outcome outcome() const = 0;
  [[nodiscard]] virtual FeedStats stats() const = 0;
};

}  // namespace wayside
