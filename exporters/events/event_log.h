#pragma once

#include <prometheus/collectable.h>

#include <chrono>
#include <cstdint>
#include <memory>

#include "agent/core/environment.h"
#include "agent/core/event.h"
#include "agent/core/log.h"
#include "agent/core/result.h"
#include "exporters/events/config.h"

namespace wayside {

// The structured log: one line for each event, JSON or text, written by a thread of its own.
//
// `emit` renders the line on the caller's thread and queues it; it never waits for the disk, the
// pipe or the terminal. At most kQueue lines wait; one that finds no room is dropped and counted,
// as is one that could not be written. Whoever writes to pipes ignores SIGPIPE in its process.
// All members are thread-safe.
class EventLog final : public EventSink {
 public:
  static constexpr std::uint32_t kQueue = 512;
  static constexpr std::size_t kMaxLine = 16UL * 1024;  // a longer event keeps its fixed fields
  static constexpr std::chrono::seconds kStopWait{2};

  // Fails, saying why, where the file cannot be opened. `log` is told when events cannot be
  // written, and outlives it. `env` is asked for NO_COLOR.
  static Result<std::unique_ptr<EventLog>> open(const EventsConfig& config, Log& log,
                                                const GetEnv& env = process_env);
  // Waits until all is written, but not longer than kStopWait: the rest is lost.
  ~EventLog() override;

  void emit(Event event) override;

  // Opens the file anew, after it was rotated, or another one as the new config says. Lines that
  // are queued go to the new one. Where it cannot be opened the old one stays in use.
  Result<void> reopen();
  Result<void> reopen(const EventsConfig& config);

  // Whether all that was emitted has been written or dropped, after waiting for it this long.
  bool flush(std::chrono::milliseconds limit);

  [[nodiscard]] std::uint64_t dropped() const;

  // wayside_events_total{event,level} and wayside_events_dropped_total. May outlive the log.
  [[nodiscard]] std::shared_ptr<prometheus::Collectable> telemetry() const;

 private:
  struct Impl;
  explicit EventLog(std::unique_ptr<Impl> impl);
  Result<void> reopen_locked(const EventsConfig& config);
  std::unique_ptr<Impl> impl_;
};

}  // namespace wayside
