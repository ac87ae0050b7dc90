#include "exporters/events/event_log.h"

#include <prometheus/counter.h>
#include <prometheus/registry.h>
#include <signal.h>
#include <spdlog/async_logger.h>
#include <spdlog/details/thread_pool.h>
#include <unistd.h>

#include <atomic>
#include <mutex>
#include <thread>
#include <utility>

#include "exporters/events/output_sink.h"

namespace wayside {

namespace {

using Steady = std::chrono::steady_clock;
using CounterFamily = prometheus::Family<prometheus::Counter>;

// Signals are for the threads that wait for them; a broken pipe is an error of write(2).
void mask_signals() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

enum class Look : std::uint8_t { json, text, coloured };

Look look_of(const EventsConfig& config, const LineOutput& output, bool colour_allowed) {
  const bool terminal = output.is_terminal();
  const bool text =
      config.format == OutputFormat::text || (config.format == OutputFormat::automatic && terminal);
  if (!text) return Look::json;
  return terminal && colour_allowed ? Look::coloured : Look::text;
}

std::string line_of(const Event& event, Look look) {
  return look == Look::json ? json_line(event) : text_line(event, look == Look::coloured);
}

// What remains of an event that is too long for one line.
Event shortened(const Event& event) {
  constexpr std::size_t kMessage = 256;
  return {.at = event.at,
          .level = event.level,
          .name = event.name.substr(0, kMessage),
          .message = event.message.substr(0, kMessage),
          .fields = {{"truncated", true}}};
}

Result<LineOutput> open_output(const EventsConfig& config) {
  auto output = LineOutput::open(config.file, STDOUT_FILENO);
  if (!output) return output.error().in("event log");
  return output;
}

}  // namespace

struct EventLog::Impl {
  Impl(const EventsConfig& events_config, bool colour, LineOutput output, Log& log);

  const bool colour_allowed;
  std::shared_ptr<prometheus::Registry> registry = std::make_shared<prometheus::Registry>();
  CounterFamily& emitted = prometheus::BuildCounter()
                               .Name("wayside_events_total")
                               .Help("Events emitted, whether written or dropped.")
                               .Register(*registry);
  prometheus::Counter& dropped =
      prometheus::BuildCounter()
          .Name("wayside_events_dropped_total")
          .Help("Events that were not written: the queue was full or the output failed.")
          .Register(*registry)
          .Add({});
  std::atomic<Look> look;
  std::mutex mutex;  // guards config and the order of redirections
  EventsConfig config;
  std::shared_ptr<OutputSink> sink;
  std::shared_ptr<spdlog::details::thread_pool> pool;
  std::shared_ptr<spdlog::async_logger> logger;
};

EventLog::Impl::Impl(const EventsConfig& events_config, bool colour, LineOutput output, Log& log)
    : colour_allowed(colour),
      look(look_of(events_config, output, colour)),
      config(events_config),
      sink(std::make_shared<OutputSink>(std::move(output), dropped, log)),
      pool(std::make_shared<spdlog::details::thread_pool>(kQueue, 1, mask_signals)),
      // Never overrun: the sink admits no more lines than the queue has room for.
      logger(std::make_shared<spdlog::async_logger>(
          "events", sink, pool, spdlog::async_overflow_policy::overrun_oldest)) {
  logger->set_level(spdlog::level::trace);
  logger->set_error_handler([sink = sink.get()](const std::string&) { sink->lose(); });
}

Result<std::unique_ptr<EventLog>> EventLog::open(const EventsConfig& config, Log& log,
                                                 const GetEnv& env) {
  auto output = open_output(config);
  if (!output) return output.error();
  try {
    auto impl = std::make_unique<Impl>(config, colour_wanted(env), std::move(*output), log);
    return std::unique_ptr<EventLog>(new EventLog(std::move(impl)));
  } catch (const std::exception& error) {  // spdlog could not start its thread
    return Error{error.what()}.in("event log");
  }
}

EventLog::EventLog(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

EventLog::~EventLog() {
  impl_->sink->hurry(Steady::now() + kStopWait);
}

void EventLog::emit(Event event) {
  impl_->emitted.Add({{"event", event.name}, {"level", std::string(to_string(event.level))}})
      .Increment();
  if (!impl_->sink->reserve(kQueue)) return;
  const Look look = impl_->look.load(std::memory_order_relaxed);
  std::string line = line_of(event, look);
  if (line.size() > kMaxLine) line = line_of(shortened(event), look);
  impl_->logger->log(spdlog::level::info, spdlog::string_view_t(line));
}

Result<void> EventLog::reopen() {
  const std::scoped_lock lock(impl_->mutex);
  return reopen_locked(impl_->config);
}

Result<void> EventLog::reopen(const EventsConfig& config) {
  const std::scoped_lock lock(impl_->mutex);
  return reopen_locked(config);
}

Result<void> EventLog::reopen_locked(const EventsConfig& config) {
  auto output = open_output(config);
  if (!output) return output.error();
  impl_->look = look_of(config, *output, impl_->colour_allowed);
  impl_->sink->redirect(std::move(*output));
  impl_->config = config;
  return {};
}

bool EventLog::flush(std::chrono::milliseconds limit) {
  const auto end = Steady::now() + limit;
  while (!impl_->sink->idle()) {
    if (Steady::now() >= end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
  return true;
}

std::uint64_t EventLog::dropped() const {
  return static_cast<std::uint64_t>(impl_->dropped.Value());
}

std::shared_ptr<prometheus::Collectable> EventLog::telemetry() const {
  return impl_->registry;
}

}  // namespace wayside
