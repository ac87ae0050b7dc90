#include "agent/requests/slow_watch.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "agent/core/labels.h"
#include "agent/core/quantity.h"
#include "agent/requests/client_text.h"
#include "agent/requests/slow_event.h"

namespace wayside {
namespace {

constexpr Micros kMaxFactAge = std::chrono::seconds{60};

template <typename T>
void put_some(nlohmann::ordered_json& object, const char* name, const std::optional<T>& value) {
  if (value) object[name] = *value;
}

// To a microsecond: what lies below is of the arithmetic alone.
void put_seconds(nlohmann::ordered_json& object, const char* name,
                 const std::optional<double>& value) {
  if (value) object[name] = std::round(*value * 1e6) / 1e6;
}

}  // namespace

SlowWatch::SlowWatch(Parts parts, std::string service, SlowRule rule, Redaction redaction)
    : parts_(parts),
      service_(std::move(service)),
      rule_(std::move(rule)),
      redaction_(std::move(redaction)),
      waiting_(service_, parts.notes, parts.events, parts.seed) {}

SlowWatch::~SlowWatch() {
  tell_held_back(true);
}

void SlowWatch::slow(SlowRequest slow, Route& kept) {
  if (kept.slow == nullptr) kept.slow = std::make_unique<SlowState>();
  count(slow.route, kept);
  slow.late = parts_.clock.wall() - slow.ended > kLateAfter;
  if (slow.late) {
    tell_late(slow, kept.window.get());
  } else {
    tell(slow, kept);
  }
}

void SlowWatch::tell(const SlowRequest& slow, Route& kept) {
  SlowState& state = *kept.slow;
  const bool held_before = state.limit.holds();
  const std::optional<std::uint64_t> held_back = state.limit.admit(parts_.clock.steady());
  if (held_back) {
    if (held_before) std::erase(holding_, &kept);
    send(slow, *held_back, kept.window.get());
  } else if (!held_before) {
    holding_.push_back(&kept);
  }
}

// All that is read late shares one limit, so that catching up with a night's log is no storm and
// takes nothing from what happens now.
void SlowWatch::tell_late(const SlowRequest& slow, const Window* window) {
  if (const auto held_back = late_.admit(parts_.clock.steady())) send(slow, *held_back, window);
}

void SlowWatch::send(const SlowRequest& slow, std::uint64_t held_back, const Window* window) {
  const auto id = [](std::string_view text) {
    return std::string(text.substr(0, ServiceNotes::kMaxId));
  };
  waiting_.send(event(slow, held_back, window),
                {id(slow.request.request_id), id(slow.request.trace_id)}, parts_.clock.steady());
}

void SlowWatch::tick() {
  tell_held_back(false);
  waiting_.tick(parts_.clock.steady());
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
  const Request& request = slow.request;
  NetworkText scratch;
  const std::string_view client =
      parts_.anonymize ? network_of(request.client, scratch) : request.client;
  Event event = slow_event(slow, service_,
                           {.path = redaction_.show(request.path),
                            .client = shown_who(client, parts_.seed),
                            .who = shown_who(request.who, parts_.seed)});
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
    put_seconds(known, "p50_10s", figures.p50);
    put_seconds(known, "p99_10s", figures.p99);
  }
  put_present(slow, known);
  return known;
}

// The board knows the present alone: of a request of another time it has nothing to say.
void SlowWatch::put_present(const SlowRequest& slow, nlohmann::ordered_json& known) const {
  const WallTime now = parts_.clock.wall();
  if (slow.late || slow.ended - now > kLateAfter) return;
  parts_.facts.each(service_, now, kMaxFactAge, [&known](std::string_view name, double value) {
    std::string key = mend_utf8(name);
    // The route's own figures come first; the service's have the same names.
    if (known.contains(key)) key.insert(0, "service_");
    known[key] = value;
  });
  constexpr std::size_t kNamed = 3;
  const auto sufferers = parts_.sufferers.report(now, kNamed).troubled;
  for (const Sufferer& sufferer : sufferers) {
    // One bad request is this very one, or chance.
    if (sufferer.requests > 1) known["sufferers"].push_back(sufferer.json());
  }
}

void SlowWatch::tell_held_back(bool at_once) {
  const SteadyTime now = parts_.clock.steady();
  const WallTime at = parts_.clock.wall();
  std::erase_if(holding_, [&](Route* route) {
    const std::uint64_t count = route->slow->limit.overdue(now, at_once);
    if (count > 0) parts_.events.emit(held_back_event(service_, route->text, count, at));
    return count > 0;
  });
  const std::uint64_t late = late_.overdue(now, at_once);
  if (late > 0) parts_.events.emit(late_held_back_event(service_, late, at));
}

}  // namespace wayside
