#pragma once

#include <prometheus/metric_family.h>

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "agent/core/time.h"

namespace wayside {

// What came of one poll, or of one look at a source.
struct Outcome {
  enum class State : std::uint8_t { ok, nothing_there, failed };
  State state = State::ok;
  std::string why;  // where failed, and for nothing_there what was looked for

  // What a collector that does work tells apart, since it may be blind for it: "smaps", and why it
  // cannot be seen and what would help; empty: it is seen. Each becomes a series of its own.
  struct Part {
    std::string name;
    std::string why;
  };
  std::vector<Part> parts = {};

  static Outcome ok() { return {}; }
  static Outcome nothing(std::string what) { return {State::nothing_there, std::move(what)}; }
  static Outcome failed(std::string why) { return {State::failed, std::move(why)}; }
};

// A polled collector: asked at an interval by the scheduler, which adds its success and duration.
// Each instance is polled by one thread at a time. What cannot be read is left out, never zero.
class Poller {
 public:
  virtual ~Poller() = default;
  virtual Outcome poll(SteadyTime deadline, std::vector<prometheus::MetricFamily>& out) = 0;
  // A quick look between the polls, for what must be of the moment or is gone by the next poll:
  // called by the same thread, at the interval that the collector's plan gives.
  virtual void sample() {}
  // One line for people at start, after the first poll: what is watched. Empty: nothing to tell.
  [[nodiscard]] virtual std::string describe() const { return {}; }
};

// A streaming collector: runs on a thread of its own and writes to the store through a shard
// that it alone writes. `run` returns soon after a stop is requested, with positions saved.
class Streamer {
 public:
  virtual ~Streamer() = default;
  virtual void run(std::stop_token stop) = 0;
  // Whether what stood in its sources at the start has been read. Thread-safe.
  [[nodiscard]] virtual bool ready() const = 0;
  // How its sources are now; becomes wayside_collector_success. Thread-safe.
  [[nodiscard]] virtual Outcome outcome() const { return Outcome::ok(); }
  // One line for people at start: what is watched, and what is wrong with it. Thread-safe.
  [[nodiscard]] virtual std::string describe() const = 0;
};

}  // namespace wayside
