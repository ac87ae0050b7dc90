#include "agent/requests/slow_event.h"

#include <fmt/format.h>

#include <algorithm>

#include "agent/core/labels.h"
#include "agent/core/quantity.h"
#include "agent/requests/shown_text.h"

namespace wayside {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxField = 256;
constexpr std::size_t kMaxAttempts = 16;  // of which an event tells

void put_text(Json& fields, const char* name, std::string_view text) {
  if (!text.empty()) fields[name] = shown_text(text, kMaxField);
}

Json attempts_of(const Request& request) {
  Json all = Json::array();
  for (const Attempt& attempt :
       request.attempts.first(std::min(request.attempts.size(), kMaxAttempts))) {
    Json one = Json::object();
    put_text(one, "address", attempt.address);
    if (attempt.status != 0) one["status"] = attempt.status;
    if (attempt.duration != kNoDuration) one["duration"] = seconds(attempt.duration);
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace

Event slow_event(const SlowRequest& slow, std::string_view service, const ShownParts& shown) {
  const Request& request = slow.request;
  const std::string& path = shown.path;
  Event event{.at = slow.ended,
              .level = slow.late ? Level::info : Level::warn,
              .name = "slow_request",
              .message = {}};
  Json& fields = event.fields;
  put_text(fields, "service", service);
  fields["method"] = to_string(request.method);
  put_text(fields, "route", slow.route);
  if (!path.empty()) fields["path"] = path;
  if (request.status != 0) fields["status"] = request.status;
  fields["duration"] = seconds(slow.latency);
  fields["threshold"] = seconds(slow.threshold);
  if (!request.attempts.empty()) fields["upstreams"] = attempts_of(request);
  put_text(fields, "cache", request.cache_status);
  put_text(fields, "client", shown.client);
  put_text(fields, "who", shown.who);
  put_text(fields, "request_id", request.request_id);
  put_text(fields, "trace_id", request.trace_id);
  if (slow.late) fields["late"] = true;
  const std::string_view target = path.empty() ? slow.route : path;
  event.message =
      fmt::format("Slow request{}: {}{}{} took {} (threshold {})", slow.late ? ", read late" : "",
                  to_string(request.method), target.empty() ? "" : " ", target,
                  show_duration(slow.latency), show_duration(slow.threshold));
  return event;
}

Event held_back_event(std::string_view service, std::string_view route, std::uint64_t count,
                      WallTime now) {
  Event event{.at = now, .level = Level::warn, .name = "slow_requests_held_back", .message = {}};
  put_text(event.fields, "service", service);
  put_text(event.fields, "route", route);
  event.fields["count"] = count;
  event.message = fmt::format("{} more slow requests{}{} since the last line about one", count,
                              route.empty() ? "" : " of ", shown_text(route, kMaxField));
  return event;
}

Event late_held_back_event(std::string_view service, std::uint64_t count, WallTime now) {
  Event event = held_back_event(service, {}, count, now);
  event.level = Level::info;
  event.fields["late"] = true;
  event.message = fmt::format("{} more slow requests were read late", count);
  return event;
}

}  // namespace wayside
