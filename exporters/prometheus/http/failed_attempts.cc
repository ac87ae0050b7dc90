#include "exporters/prometheus/http/failed_attempts.h"

#include <algorithm>
#include <cmath>

#include "exporters/prometheus/http/client_network.h"

namespace wayside {
double FailedAttempts::left(const Record& record, SteadyTime now) const {
  const std::chrono::duration<double, std::milli> since = now - record.at;
  const double forgiven = since / std::chrono::duration<double, std::milli>(rule_.forgiven_in);
  return std::max(record.failures - std::max(forgiven, 0.0), 0.0);
}

// With mutex_ held.
double FailedAttempts::left_of(std::string_view client, SteadyTime now) const {
  const auto found = by_client_.find(client_network(client));
  return found == by_client_.end() ? 0 : left(*found->second, now);
}

double FailedAttempts::of(std::string_view client, SteadyTime now) const {
  const std::lock_guard lock(mutex_);
  return left_of(client, now);
}

std::chrono::seconds FailedAttempts::wait_of(std::string_view client, SteadyTime now) const {
  // One more must be allowed, so it is the room for one that is waited for.
  const double over = of(client, now) + 1 - rule_.most;
  if (over <= 0) return std::chrono::seconds{0};
  const double seconds = over * std::chrono::duration<double>(rule_.forgiven_in).count();
  return std::chrono::seconds{static_cast<std::int64_t>(std::ceil(seconds))};
}

bool FailedAttempts::failed(std::string_view client, SteadyTime now) {
  const std::uint64_t network = client_network(client);
  const std::lock_guard lock(mutex_);
  const auto found = by_client_.find(network);
  const double before = found == by_client_.end() ? 0 : left(*found->second, now);
  if (found != by_client_.end()) {
    records_.splice(records_.end(), records_, found->second);
    *found->second = {network, before + 1, now};
  } else {
    if (records_.size() >= rule_.clients) {
      by_client_.erase(records_.front().client);
      records_.pop_front();
    }
    by_client_[network] = records_.insert(records_.end(), {network, 1, now});
  }
  return before + 1 <= rule_.most && before + 2 > rule_.most;
}

}  // namespace wayside
