#include "agent/requests/sufferers.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "agent/core/labels.h"
#include "agent/core/quantity.h"
#include "agent/requests/client_text.h"

namespace wayside {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint16_t kTooManyRequests = 429;
constexpr std::size_t kInEvent = 10;

// Keys of the two kinds of names lie in one sketch, told apart by their first byte.
constexpr char kWho = 'w';
constexpr char kClient = 'c';

std::int64_t window_of(WallTime time) {
  return std::chrono::floor<std::chrono::minutes>(time).time_since_epoch() / Sufferers::kWindow;
}

WallTime begin_of(std::int64_t window) {
  return WallTime{Sufferers::kWindow * window};
}

Json list_of(const std::vector<Sufferer>& sufferers) {
  Json list = Json::array();
  for (const Sufferer& sufferer : sufferers) list.push_back(sufferer.json());
  return list;
}

std::string names_of(const std::vector<Sufferer>& sufferers) {
  constexpr std::size_t kNamed = 3;
  std::string text;
  for (std::size_t i = 0; i < std::min(kNamed, sufferers.size()); ++i) {
    text += fmt::format("{}{} ({})", i == 0 ? "" : ", ", sufferers[i].name, sufferers[i].requests);
  }
  return text.empty() ? "nobody" : text;
}

}  // namespace

nlohmann::ordered_json Sufferer::json() const {
  Json json = {{is_client ? "client" : "who", name}, {"requests", requests}};
  if (at_least != requests) json["at_least"] = at_least;
  if (slow > 0) json["slow"] = slow;
  if (failed > 0) json["failed"] = failed;
  return json;
}

Sufferers::Sufferers(std::string service, bool anonymize, std::uint64_t seed, WallTime now)
    : service_(std::move(service)),
      anonymize_(anonymize),
      seed_(seed),
      window_(window_of(now)),
      before_{TopSketch(seed), TopSketch(seed)},
      now_{TopSketch(seed), TopSketch(seed)} {}

void Sufferers::Sketches::clear() {
  troubled.clear();
  limited.clear();
}

void Sufferers::note(const Request& request, bool slow, WallTime ended) {
  const bool failed = request.status >= 500 && request.status <= 599;
  const bool limited = request.status == kTooManyRequests;
  if (!slow && !failed && !limited) return;
  const std::string_view name = request.who.empty() ? request.client : request.who;
  if (name.empty() || name == "-") return;
  const std::int64_t window = window_of(ended);
  if (window < window_ - 1) return;  // an old line: its clients are not today's
  NetworkText scratch;
  key_.assign(1, request.who.empty() ? kClient : kWho);
  key_.append((anonymize_ ? network_of(name, scratch) : name).substr(0, TopSketch::kMaxKey));
  Sketches& into = window == window_ - 1 ? before_ : now_;
  if (slow || failed) into.troubled.add(key_, {.slow = slow, .failed = failed});
  if (limited) into.limited.add(key_, {});
  changed_ = true;
}

std::optional<Event> Sufferers::tick(WallTime now) {
  const std::int64_t window = window_of(now);
  if (window == window_) return std::nullopt;
  const bool next = window == window_ + 1;  // otherwise time stood still, or the clock was set
  before_.clear();
  std::optional<Event> told;
  if (!now_.empty()) told = event(begin_of(window_ + 1));
  if (next) std::swap(before_, now_);
  now_.clear();
  window_ = window;
  changed_ = true;
  return told;
}

bool Sufferers::changed() {
  return std::exchange(changed_, false);
}

SuffererReport Sufferers::report(WallTime now, std::size_t most) const {
  return {.since = begin_of(window_ - 1),
          .until = now,
          .troubled = top(before_.troubled, now_.troubled, most),
          .limited = top(before_.limited, now_.limited, most)};
}

std::vector<Sufferer> Sufferers::top(const TopSketch& before, const TopSketch& now,
                                     std::size_t most) const {
  std::vector<Sufferer> all;
  for (const TopSketch::Counter& counter : merge(before, now)) {
    if (all.size() == most) break;
    all.push_back({.name = shown_who(std::string_view{counter.key}.substr(1), seed_),
                   .is_client = counter.key[0] == kClient,
                   .requests = counter.count,
                   .at_least = counter.count - counter.error,
                   .slow = counter.slow,
                   .failed = counter.failed});
  }
  return all;
}

// Of the window that ends now; the one before it is cleared already.
Event Sufferers::event(WallTime at) const {
  Event event{.at = at, .level = Level::info, .name = "sufferers", .message = {}};
  const auto troubled = top(before_.troubled, now_.troubled, kInEvent);
  const auto limited = top(before_.limited, now_.limited, kInEvent);
  event.message = fmt::format("Most slow or failed requests in {}: {}", show_duration(kWindow),
                              names_of(troubled));
  if (!limited.empty()) event.message += "; most limited: " + names_of(limited);
  event.fields = {{"service", mend_utf8(service_)},
                  {"window_seconds", seconds(Micros{kWindow})},
                  {"troubled", list_of(troubled)},
                  {"limited", list_of(limited)}};
  return event;
}

}  // namespace wayside
