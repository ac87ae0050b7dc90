#include "agent/requests/slow_watch.h"

#include <algorithm>
#include <array>
#include <utility>

#include "agent/core/labels.h"
#include "agent/core/quantity.h"
#include "agent/requests/slow_event.h"

namespace wayside {
namespace {

constexpr Micros kMaxFactAge = std::chrono::seconds{60};

template <typename T>
void put_some(nlohmann::ordered_json& object, const char* name, const std::optional<T>& value) {
  if (value) object[name] = *value;
}

}  // namespace

SlowWatch::SlowWatch(Parts parts, std::string service, SlowRule rule, Redaction redaction)
    : parts_(parts),
      service_(std::move(service)),
      rule_(std::move(rule)),
      redaction_(std::move(redaction)) {}

SlowWatch::~SlowWatch() {
  tell_held_back(true);
}

void SlowWatch::slow(const SlowRequest& slow, Route& kept) {
  if (kept.slow == nullptr) kept.slow = std::make_unique<SlowState>();
  SlowState& state = *kept.slow;
  count(slow.route, kept);
  const bool held_before = state.limit.holds();
  const std::optional<std::uint64_t> held_back = state.limit.admit(parts_.clock.steady());
  if (held_back) {
    if (held_before) std::erase(holding_, &kept);
    parts_.events.emit(event(slow, *held_back, kept.window.get()));
  } else if (!held_before) {
    holding_.push_back(&kept);
  }
}

void SlowWatch::count(std::string_view route, Route& kept) {
  SeriesRef series = kept.slow->counted;
  if (!series) {
    const std::array<std::string_view, 2> labels = {service_, route};
    series = parts_.shard.series(parts_.families.slow, labels);
    // One `kept` may stand for many routes that have no place of their own.
    if (!series.overflow && route == kept.text) kept.slow->counted = series;
  }
  if (series) Shard::add(series);
}

Event SlowWatch::event(const SlowRequest& slow, std::uint64_t held_back,
                       const Window* window) const {
  Event event = slow_event(slow, service_, redaction_.show(slow.request.path));
  if (held_back > 0) event.fields["held_back"] = held_back;
  auto known = context(slow, window);
  if (!known.empty()) event.fields["context"] = std::move(known);
  return event;
}

nlohmann::ordered_json SlowWatch::context(const SlowRequest& slow, const Window* window) const {
  auto known = nlohmann::ordered_json::object();
  if (window != nullptr) {
    const WindowFigures figures = window->at(whole_seconds(slow.ended), parts_.buckets);
    known["requests_10s"] = figures.requests;
    put_some(known, "error_share_10s", figures.error_share);
    put_some(known, "p50_10s", figures.p50);
    put_some(known, "p99_10s", figures.p99);
  }
  parts_.facts.each(service_, parts_.clock.wall(), kMaxFactAge,
                    [&known](std::string_view name, double value) {
                      std::string key = mend_utf8(name);
                      // The route's own figures come first; the service's have the same names.
                      if (known.contains(key)) key.insert(0, "service_");
                      known[key] = value;
                    });
  return known;
}

void SlowWatch::tell_held_back(bool at_once) {
  const SteadyTime now = parts_.clock.steady();
  std::erase_if(holding_, [&](Route* route) {
    const std::uint64_t count = route->slow->limit.overdue(now, at_once);
    if (count > 0) {
      parts_.events.emit(held_back_event(service_, route->text, count, parts_.clock.wall()));
    }
    return count > 0;
  });
}

}  // namespace wayside
