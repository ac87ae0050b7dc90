#include "exporters/events/output_sink.h"

#include <utility>

namespace wayside {

OutputSink::OutputSink(LineOutput output, prometheus::Counter& dropped, Log& log)
    : output_(std::move(output)), dropped_(dropped), log_(log) {}

bool OutputSink::reserve(std::uint32_t most) {
  if (pending_.fetch_add(1, std::memory_order_relaxed) < most) return true;
  lose();
  return false;
}

void OutputSink::lose() {
  dropped_.Increment();
  pending_.fetch_sub(1, std::memory_order_release);
}

void OutputSink::redirect(LineOutput output) {
  const std::scoped_lock lock(mutex_);
  next_ = std::move(output);
}

void OutputSink::hurry(Steady::time_point end) {
  end_.store(end, std::memory_order_relaxed);
}

void OutputSink::log(const spdlog::details::log_msg& message) {
  take_redirection();
  const std::string_view line(message.payload.data(), message.payload.size());
  const auto written =
      output_.write(line, [this] { return Steady::now() < end_.load(std::memory_order_relaxed); });
  if (written) {
    succeeded();
  } else {
    failed(written.error());
  }
  pending_.fetch_sub(1, std::memory_order_release);
}

void OutputSink::failed(const Error& why) {
  dropped_.Increment();
  ++lost_;
  const auto now = Steady::now();
  if (told_ || now < next_telling_) return;
  told_ = true;
  next_telling_ = now + kTellGap;
  log_.write(Level::warn, "event log: " + why.message + "; events are dropped meanwhile");
}

void OutputSink::succeeded() {
  if (std::exchange(told_, false)) {
    log_.write(Level::info, "event log: is written again, and " + std::to_string(lost_) +
                                " events were dropped meanwhile");
  }
  lost_ = 0;
}

void OutputSink::take_redirection() {
  const std::scoped_lock lock(mutex_);
  if (!next_) return;
  output_ = std::move(*next_);
  next_.reset();
}

// The lines come as they are to be written: there is no pattern.
void OutputSink::set_pattern(const std::string& /*pattern*/) {}
void OutputSink::set_formatter(std::unique_ptr<spdlog::formatter> /*formatter*/) {}

}  // namespace wayside
