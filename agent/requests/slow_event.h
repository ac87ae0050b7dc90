#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "agent/core/event.h"
#include "agent/requests/slow_watch.h"

namespace wayside {

inline std::int64_t whole_seconds(WallTime time) {
  return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

// Of a request what has to be made fit to be shown; empty: not stated.
struct ShownParts {
  std::string path, client, who;
};

// "slow_request" without what the watch adds to it. What the source does not state is left out;
// every text is valid UTF-8 and bounded. One that was read late is marked `late` and no warning:
// it tells of another time.
Event slow_event(const SlowRequest& slow, std::string_view service, const ShownParts& shown);

// "slow_requests_held_back": so many slow requests of a route of which no line tells.
Event held_back_event(std::string_view service, std::string_view route, std::uint64_t count,
                      WallTime now);

// The same of requests that were read late, of whatever route.
Event late_held_back_event(std::string_view service, std::uint64_t count, WallTime now);

}  // namespace wayside
