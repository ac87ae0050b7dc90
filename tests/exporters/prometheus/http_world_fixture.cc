#include <prometheus/metric_family.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <thread>

#include "tests/exporters/prometheus/http_world.h"

namespace wayside::test {

FakeSamples::FakeSamples(std::size_t series) {
  for (std::size_t i = 0; i < series; ++i) {
    labels_.push_back("thing=\"a thing with a name of some length " + std::to_string(i) + "\"");
  }
}

void FakeSamples::visit(const Selection&, SampleSink& sink) const {
  FamilyDesc desc;
  desc.name = "things_total";
  desc.help = "Things.";
  desc.kind = Kind::counter;
  desc.labels = {"thing"};
  sink.family(desc);
  std::array<SampleView, 64> views;
  for (std::size_t done = 0; done < labels_.size();) {
    const std::size_t count = std::min(views.size(), labels_.size() - done);
    for (std::size_t i = 0; i < count; ++i) {
      views[i] = {.labels = labels_[done + i], .value = Value::of(std::uint64_t{done + i})};
    }
    sink.samples({views.data(), count});
    done += count;
  }
}

void FakeRequests::on(std::span<const Request> requests) {
  const std::lock_guard lock(mutex_);
  for (const Request& r : requests) {
    told_.push_back({r.method, r.status, std::string(r.path), std::string(r.route_given),
                     std::string(r.client), r.total, r.bytes});
  }
}

std::vector<Told> FakeRequests::told() const {
  const std::lock_guard lock(mutex_);
  return told_;
}

void KeptLog::write(Level level, std::string_view message) {
  const std::lock_guard lock(mutex_);
  lines_ += std::string(to_string(level)) + ": " + std::string(message) + "\n";
}

std::string KeptLog::lines() const {
  const std::lock_guard lock(mutex_);
  return lines_;
}

World::World(std::size_t series, const HttpLimits& limits, PrometheusConfig config)
    : samples(series) {
  const auto locked = [this](auto& value) {
    return [this, &value] {
      const std::lock_guard lock(mutex);
      return value;
    };
  };
  auto started = HttpEndpoint::start(config,
                                     {.samples = samples,
                                      .constant_labels = locked(labels),
                                      .health = locked(health),
                                      .ready = [this] { return ready.load(); },
                                      .reload = [this] { return reload(); },
                                      .own_requests = &requests,
                                      .boards = &boards,
                                      .clock = clock,
                                      .log = log},
                                     limits);
  if (!started) {
    ADD_FAILURE() << started.error().message;
    std::abort();
  }
  endpoint = std::move(*started);
}

Result<void> World::reload() {
  ++reloads;
  std::this_thread::sleep_for(std::chrono::milliseconds(reload_ms.load()));
  const std::lock_guard lock(mutex);
  if (reload_error.empty()) return {};
  return Error{reload_error};
}

double World::counted(const std::string& name, const std::string& value) const {
  double sum = 0;
  for (const auto& family : endpoint->telemetry()->Collect()) {
    if (family.name != name) continue;
    for (const auto& metric : family.metric) {
      if (value.empty() || metric.label.at(0).value == value) {
        sum += metric.counter.value + metric.gauge.value;
      }
    }
  }
  return sum;
}

bool eventually(const std::function<bool()>& done) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(4);
  while (!done()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

}  // namespace wayside::test
