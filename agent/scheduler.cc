#include "agent/scheduler.h"

#include <fmt/format.h>
#include <prometheus/gauge.h>

#include <algorithm>

namespace wayside {
namespace {

prometheus::Family<prometheus::Gauge>& gauges(prometheus::Registry& registry, const char* name,
                                              const char* help) {
  return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
}

double seconds_between(SteadyTime from, SteadyTime to) {
  return std::chrono::duration<double>(to - from).count();
}

}  // namespace

CollectorHealth::CollectorHealth()
    : registry_(std::make_shared<prometheus::Registry>()),
      success_(gauges(*registry_, "wayside_collector_success",
                      "Whether the collector's last look at its source succeeded.")),
      duration_(gauges(*registry_, "wayside_collector_duration_seconds",
                       "How long the collector's last look at its source took.")),
      last_success_(gauges(*registry_, "wayside_collector_last_success_timestamp_seconds",
                           "When the collector last succeeded, in seconds since 1970.")) {}

void CollectorHealth::record(const std::string& collector, const Outcome& outcome,
                             std::optional<double> seconds, WallTime now) {
  const prometheus::Labels labels = {{"collector", collector}};
  const bool ok = outcome.state == Outcome::State::ok;
  success_.Add(labels).Set(ok ? 1 : 0);
  if (seconds) duration_.Add(labels).Set(*seconds);
  if (ok) last_success_.Add(labels).Set(wayside::seconds(now));
  record_parts(collector, outcome.parts);
}

void CollectorHealth::record_parts(const std::string& collector,
                                   const std::vector<Outcome::Part>& parts) {
  if (parts.empty()) return;
  const std::lock_guard lock(mutex_);
  std::set<std::string>& known = parts_[collector];
  for (const Outcome::Part& part : parts) {
    known.insert(part.name);
    success_.Add({{"collector", collector}, {"part", part.name}}).Set(part.why.empty() ? 1 : 0);
  }
}

void CollectorHealth::forget(const std::string& collector) {
  const prometheus::Labels labels = {{"collector", collector}};
  for (auto* family : {&success_, &duration_, &last_success_}) {
    family->Remove(&family->Add(labels));
  }
  const std::lock_guard lock(mutex_);
  for (const std::string& part : parts_[collector]) {
    success_.Remove(&success_.Add({{"collector", collector}, {"part", part}}));
  }
  parts_.erase(collector);
}

Scheduler::Scheduler(const Clock& clock, CollectorHealth& health, Log& log)
    : clock_(clock), health_(health), log_(log) {}

Scheduler::~Scheduler() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
  for (const Task& task : tasks_) health_.forget(task.name);
}

std::shared_ptr<const Snapshot> Scheduler::add(SampleOrigin origin, std::unique_ptr<Poller> poller,
                                               Cadence cadence) {
  auto snapshot = std::make_shared<Snapshot>();
  tasks_.push_back({std::move(origin.collector),
                    std::move(origin.target),
                    std::move(poller),
                    cadence,
                    snapshot,
                    clock_.steady(),
                    clock_.steady() + cadence.sampling,
                    {}});
  return snapshot;
}

void Scheduler::start() {
  if (tasks_.empty()) return;
  poll_due();
  for (const Task& task : tasks_) {
    std::string line = task.poller->describe();
    if (!line.empty()) described_.push_back(task.name + ": " + std::move(line));
  }
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

std::vector<std::unique_ptr<Poller>> Scheduler::stop() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
  std::vector<std::unique_ptr<Poller>> pollers;
  for (Task& task : tasks_) pollers.push_back(std::move(task.poller));
  return pollers;
}

void Scheduler::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    const SteadyTime next = poll_due();
    const auto wait = std::max<SteadyTime::duration>(next - clock_.steady(), Micros(1000));
    wake_.wait_for(lock, stop, wait, [] { return false; });
  }
}

// Asks all whose time has come; tells when the next one's comes.
SteadyTime Scheduler::poll_due() {
  SteadyTime next = SteadyTime::max();
  for (Task& task : tasks_) {
    if (task.next <= clock_.steady()) poll(task);
    next = std::min(next, task.next);
    if (task.cadence.sampling.count() == 0) continue;
    sample_due(task);
    next = std::min(next, task.next_sample);
  }
  return next;
}

// A sample that was missed is not made up for: it would tell of the same moment twice.
void Scheduler::sample_due(Task& task) {
  const SteadyTime now = clock_.steady();
  if (task.next_sample > now) return;
  task.poller->sample();
  task.next_sample += task.cadence.sampling;
  if (task.next_sample <= now) task.next_sample = now + task.cadence.sampling;
}

void Scheduler::poll(Task& task) {
  const SteadyTime begun = clock_.steady();
  std::vector<prometheus::MetricFamily> families;
  Outcome outcome = task.poller->poll(begun + task.cadence.interval, families);
  if (outcome.state != Outcome::State::failed) {
    auto rendered = render(families, task.target);
    if (rendered) {
      task.snapshot->publish(std::move(rendered).value());
    } else {
      outcome = Outcome::failed(rendered.error().message);
    }
  }
  const SteadyTime ended = clock_.steady();
  health_.record(task.name, outcome, seconds_between(begun, ended), clock_.wall());
  tell(task, outcome);
  task.next = std::max(task.next + task.cadence.interval, ended);
}

void Scheduler::tell(Task& task, const Outcome& outcome) {
  const bool ok = outcome.state == Outcome::State::ok;
  tell_failure(task, {}, ok ? std::string() : outcome.why);
  for (const Outcome::Part& part : outcome.parts) tell_failure(task, part.name, part.why);
}

void Scheduler::tell_failure(Task& task, const std::string& part, const std::string& failure) {
  std::string& last = task.last_failures[part];
  if (failure == last) return;
  last = failure;
  const std::string what = part.empty() ? task.name : task.name + ": " + part;
  log_.write(failure.empty() ? Level::info : Level::warn,
             fmt::format("{}: {}", what, failure.empty() ? "works again" : failure));
}

}  // namespace wayside
