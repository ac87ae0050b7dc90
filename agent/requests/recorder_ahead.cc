// What is looked up of a batch of requests before any of them is counted. Each step touches memory
// that the step before it has asked for, of all requests at once: one by one, each would wait.
#include "agent/requests/recorder_impl.h"

namespace wayside {

void Recorder::Impl::look_ahead(std::span<const Request> requests) {
  find_keys(requests);
  for (std::size_t i = 0; i < requests.size(); ++i) {
    Ahead& ahead = ahead_[i];
    ahead.route = ahead.hash == 0 ? nullptr : book_.first(ahead.hash);
    if (ahead.route != nullptr) ahead.route->prefetch();
  }
  for (std::size_t i = 0; i < requests.size(); ++i) {
    Ahead& ahead = ahead_[i];
    ahead.judged = {};
    ahead.cells = nullptr;
    measure(requests[i], ahead.judged);
    if (ahead.route == nullptr) continue;
    if (ahead.route->key != keys_[i]) ahead.route = book_.find(keys_[i], ahead.hash);
    if (ahead.route != nullptr) find_cells(requests[i], ahead);
  }
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const Ahead& ahead = ahead_[i];
    if (ahead.cells != nullptr && ahead.judged.measured) {
      durations_.prefetch(ahead.cells, ahead.judged.cell);
    }
  }
}

void Recorder::Impl::find_keys(std::span<const Request> requests) {
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const Request& request = requests[i];
    Ahead& ahead = ahead_[i];
    ahead.hash = 0;
    if (find_key_ == nullptr || !request.path_padded || !request.route_given.empty()) continue;
    if (request.path.empty()) continue;  // it may lie nowhere
    if (!find_key_(request.path.data(), request.path.size(), keys_[i])) continue;
    ahead.hash = book_.hash(keys_[i]);
    book_.prefetch(ahead.hash);
  }
}

void Recorder::Impl::find_cells(const Request& request, Ahead& ahead) {
  Route& route = *ahead.route;
  ahead.cells =
      route.series.find(SeriesCache::key(request.method, request.status, ahead.judged.measured));
  if (ahead.cells != nullptr) __builtin_prefetch(ahead.cells, 1);
  if (route.window != nullptr) route.window->prefetch(ahead.judged.bucket);
}

}  // namespace wayside
