#include "agent/requests/recorder_impl.h"

#include <algorithm>
#include <random>
#include <utility>

#include "agent/requests/slow_event.h"
#include "agent/requests/status_text.h"

namespace wayside {
namespace {

// Longer than any request can be served: a source that states it is mistaken.
constexpr Micros kMaxLatency = std::chrono::hours{24 * 365};

bool is_latency(Micros duration) {
  return duration >= Micros{0} && duration <= kMaxLatency;  // kNoDuration is below zero
}

std::uint64_t random_seed() {
  std::random_device device;
  return (std::uint64_t{device()} << 32) | device();
}

// A route exists for certain where something other than an error answered.
bool proves_route(std::uint16_t status) {
  return status >= 200 && status < 400;
}

}  // namespace

Recorder::Impl::Impl(const RecorderContext& context, Shard& shard, std::string service,
                     const RequestRules& rules, const RequestFamilies& families,
                     Redaction redaction)
    : clock_(context.clock),
      facts_(context.facts),
      events_(context.events),
      known_routes_(context.known_routes),
      boards_(context.boards),
      shard_(shard),
      service_(std::move(service)),
      families_(families),
      by_upstream_(rules.latency == RequestRules::Latency::upstream),
      durations_(shard.histogram(families.server)),
      buckets_(durations_.buckets()),
      table_(rules.routes),
      ignore_(rules.ignore),
      seed_(random_seed()),
      book_(seed_),
      upstreams_(shard, families_, service_, seed_),
      distribution_(service_, context.clock.steady()),
      window_(0),
      requests_fact_(facts_.declare(service_, "requests_10s")),
      error_share_fact_(facts_.declare(service_, "error_share_10s")),
      sufferers_(service_, rules.anonymize_who, seed_, context.clock.wall()),
      slow_({.events = context.events,
             .facts = context.facts,
             .clock = context.clock,
             .shard = shard,
             .families = families_,
             .buckets = buckets_,
             .sufferers = sufferers_,
             .notes = context.boards == nullptr ? nullptr : &context.boards->notes,
             .anonymize = rules.anonymize_who,
             .seed = seed_},
            service_, SlowRule(rules), std::move(redaction)) {
  if (rules.routes.empty()) find_key_ = best_path_keyer().find;
  declare_ignored(rules);
  unrouted_.slow_after = unminted_.slow_after = slow_.threshold({});
  recall_routes();
}

Recorder::Impl::~Impl() {
  if (boards_ != nullptr) boards_->clients.withdraw(service_);
}

void Recorder::Impl::declare_ignored(const RequestRules& rules) {
  const auto declare = [this](std::string_view rule) {
    const std::string_view labels[] = {service_, rule};
    ignored_.push_back(shard_.series(families_.ignored, labels));
  };
  for (const std::string& pattern : rules.ignore) declare(pattern);
  if (!rules.ignore_bots) return;
  bots_.emplace(seed_);
  declare("bots");
}

// What the recorder before this one knew of the service.
void Recorder::Impl::recall_routes() {
  if (known_routes_ == nullptr) return;
  for (const std::string& text : known_routes_->of(service_)) {
    Route& route = book_.add(text);
    route.answered = true;
    route.slow_after = slow_.threshold(route.text);
  }
}

void Recorder::Impl::learn(Route& route, bool proven) {
  if (route.answered || !proven) return;
  route.answered = true;
  if (known_routes_ != nullptr) known_routes_->prove(service_, route.text);
}

void Recorder::Impl::record(std::span<const Request> requests) {
  while (!requests.empty()) {
    const auto some = requests.first(std::min(requests.size(), kAhead));
    look_ahead(some);
    for (std::size_t i = 0; i < some.size(); ++i) record(some[i], ahead_[i]);
    requests = requests.subspan(some.size());
  }
}

void Recorder::Impl::record(const Request& request, Ahead& ahead) {
  if (!ignored_.empty() && ignored(request)) return;
  Judged& judged = ahead.judged;
  const auto [route, cells] = find_series(request, ahead);
  const WallTime ended = request.ended == kNoTime ? clock_.wall() : request.ended;
  if (cells != nullptr) count(request, cells, judged, ended);
  note(route, request, judged.bucket, ended);
  if (!request.attempts.empty()) record_attempts(request, ended);
  judge(request, judged, route, ended);
}

void Recorder::Impl::measure(const Request& request, Judged& judged) const {
  judged.latency = latency_of(request);
  judged.measured = !request.stream && request.status != 101 && is_latency(judged.latency);
  judged.bucket = buckets_.size() + 1;
  if (!judged.measured) return;
  judged.cell = buckets_.cell_of(static_cast<std::uint64_t>(judged.latency.count()));
  judged.bucket = buckets_.bucket_of(judged.cell);
}

bool Recorder::Impl::ignored(const Request& request) {
  std::size_t rule = ignore_.match(request.path);
  if (rule == IgnoreRule::kNone) {
    if (!bots_ || !bots_->matches(request.user_agent)) return false;
    rule = ignored_.size() - 1;
  }
  if (ignored_[rule]) Shard::add(ignored_[rule]);
  return true;
}

void Recorder::Impl::judge(const Request& request, const Judged& judged, Route& route,
                           WallTime ended) {
  constexpr std::uint16_t kTooManyRequests = 429;  // below it nothing went wrong on this side
  if (judged.measured) distribution_.add(judged.latency);
  const Micros threshold = &route == &unminted_ ? slow_.threshold(judged.route) : route.slow_after;
  const bool slow = judged.measured && judged.latency > threshold;
  if (slow || request.status >= kTooManyRequests) sufferers_.note(request, slow, ended);
  if (slow) slow_.slow({request, judged.route, judged.latency, threshold, ended}, route);
}

Micros Recorder::Impl::latency_of(const Request& request) const {
  if (!by_upstream_) return request.total;
  Micros sum{0};
  bool stated = false;
  for (const Attempt& attempt : request.attempts) {
    if (!is_latency(attempt.duration)) continue;
    sum += attempt.duration;
    stated = true;
  }
  return stated ? sum : request.total;
}

Recorder::Impl::Counted Recorder::Impl::find_series(const Request& request, Ahead& ahead) {
  Route* const route = ahead.route;
  if (route == nullptr || (!route->answered && request.status == 404)) {
    return find_by_template(request, ahead.judged);
  }
  ahead.judged.route = route->text;
  learn(*route, proves_route(request.status));
  return {*route, ahead.cells != nullptr ? ahead.cells : series_of(*route, request, ahead.judged)};
}

Recorder::Impl::Counted Recorder::Impl::find_by_template(const Request& request, Judged& judged) {
  const Resolved resolved =
      table_.resolve(request.path, request.route_given, buffer_, request.path_padded);
  if (!resolved.text.empty()) {
    const std::uint64_t hash = book_.hash(resolved.text);
    Route* const route = book_.find(resolved.text, hash);
    const bool exists = resolved.known || (route != nullptr && route->answered);
    if (exists || request.status != 404) {
      judged.route = resolved.text;
      if (route == nullptr) return mint(request, judged, resolved.known);
      learn(*route, resolved.known || proves_route(request.status));
      return {*route, series_of(*route, request, judged)};
    }
  }
  return {unrouted_, series_of(unrouted_, request, judged)};
}

// Where the family is full no route is kept, so that random paths cost no memory.
Recorder::Impl::Counted Recorder::Impl::mint(const Request& request, const Judged& judged,
                                             bool known) {
  const SeriesRef series = ask_store(request, judged);
  if (!series || series.overflow) return {unminted_, series.cells};
  Route& route = book_.add(judged.route);
  learn(route, known || proves_route(request.status));
  route.slow_after = slow_.threshold(route.text);
  route.series.put(SeriesCache::key(request.method, request.status, judged.measured), series.cells);
  return {route, series.cells};
}

Cell* Recorder::Impl::series_of(Route& route, const Request& request, const Judged& judged) {
  const std::uint32_t key = SeriesCache::key(request.method, request.status, judged.measured);
  if (Cell* const cells = route.series.find(key)) return cells;
  const SeriesRef series = ask_store(request, judged);
  if (series && !series.overflow) route.series.put(key, series.cells);
  return series.cells;
}

SeriesRef Recorder::Impl::ask_store(const Request& request, const Judged& judged) {
  const StatusText status(request.status);
  const std::string_view labels[] = {service_, to_string(request.method), judged.route,
                                     status.view()};
  return shard_.series(judged.measured ? families_.server : families_.server_unmeasured, labels);
}

void Recorder::Impl::count(const Request& request, Cell* cells, const Judged& judged,
                           WallTime ended) const {
  if (!judged.measured) {
    cells->add(1);
    return;
  }
  durations_.observe(cells, judged.cell, static_cast<std::uint64_t>(judged.latency.count()));
  if (request.trace_id.empty() && request.request_id.empty()) return;
  durations_.exemplify(cells, judged.bucket,
                       {request.trace_id, request.request_id, judged.latency, ended});
}

void Recorder::Impl::note(Route& route, const Request& request, std::size_t bucket,
                          WallTime ended) {
  const std::int64_t second = whole_seconds(ended);
  const bool error = request.status >= 500 && request.status <= 599;
  window_.add(second, 0, error);
  if (&route == &unminted_) return;
  if (route.window == nullptr) route.window = std::make_unique<Window>(buckets_.size() + 1);
  route.window->add(second, bucket, error);
}

void Recorder::Impl::record_attempts(const Request& request, WallTime ended) {
  const bool stream = request.stream || request.status == 101;
  for (const Attempt& attempt : request.attempts) {
    upstreams_.record(attempt, !stream && is_latency(attempt.duration),
                      {request.trace_id, request.request_id, attempt.duration, ended});
  }
}

void Recorder::Impl::tick() {
  const WallTime now = clock_.wall();
  const WindowFigures figures = window_.at(whole_seconds(now), buckets_);
  facts_.put(requests_fact_, static_cast<double>(figures.requests), now);
  if (figures.error_share) {
    facts_.put(error_share_fact_, *figures.error_share, now);
  } else {
    facts_.withdraw(error_share_fact_);
  }
  slow_.tick();
  distribution_.tick(clock_, events_);
  if (auto told = sufferers_.tick(now)) events_.emit(*std::move(told));
  if (boards_ != nullptr && sufferers_.changed()) {
    boards_->clients.put(service_, sufferers_.report(now));
  }
}

}  // namespace wayside
