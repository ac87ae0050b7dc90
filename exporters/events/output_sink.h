#pragma once

#include <prometheus/counter.h>
#include <spdlog/sinks/sink.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>

#include "agent/core/line_output.h"
#include "agent/core/log.h"

namespace wayside {

// Where spdlog's thread hands the lines to: each payload is one line, already rendered. `log` is
// called by that thread alone; the rest is thread-safe.
class OutputSink final : public spdlog::sinks::sink {
 public:
  using Steady = std::chrono::steady_clock;

  // When events are dropped because they cannot be written, the log is told so, and when that is
  // over, but no more than once in this time.
  static constexpr std::chrono::minutes kTellGap{1};

  // `dropped` and `log` outlive the sink.
  OutputSink(LineOutput output, prometheus::Counter& dropped, Log& log);

  // Makes room for one more line to come: false where `most` lines are on their way already.
  bool reserve(std::uint32_t most);
  // A line that will not come after all.
  void lose();
  [[nodiscard]] bool idle() const { return pending_.load(std::memory_order_acquire) == 0; }

  // Lines go there from the next one on.
  void redirect(LineOutput output);
  // From now on waits for a full pipe no longer than until `end`.
  void hurry(Steady::time_point end);

  void log(const spdlog::details::log_msg& message) override;
  void flush() override {}
  void set_pattern(const std::string& pattern) override;
  void set_formatter(std::unique_ptr<spdlog::formatter> formatter) override;

 private:
  void take_redirection();
  void failed(const Error& why);
  void succeeded();

  // Of spdlog's thread.
  LineOutput output_;
  std::uint64_t lost_ = 0;  // since the log was told
  bool told_ = false;
  Steady::time_point next_telling_ = Steady::time_point::min();

  prometheus::Counter& dropped_;
  Log& log_;
  std::mutex mutex_;  // guards next_; never held while writing
  std::optional<LineOutput> next_;
  std::atomic<std::uint32_t> pending_{0};
  std::atomic<Steady::time_point> end_{Steady::time_point::max()};
};

}  // namespace wayside
