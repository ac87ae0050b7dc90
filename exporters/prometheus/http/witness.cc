#include "exporters/prometheus/http/witness.h"

#include <chrono>

namespace wayside {

void Witness::answered(const Connection& connection, int status, std::string_view route,
                       std::uint64_t bytes) {
  if (sink_ == nullptr) return;
  Request request;
  request.ended = clock_.wall();
  request.total =
      std::chrono::duration_cast<Micros>(std::chrono::steady_clock::now() - connection.first_byte);
  request.method = method_from(connection.head.method);
  request.status = static_cast<std::uint16_t>(status);
  request.path = connection.head.target;
  request.route_given = route;
  request.client = connection.client;
  request.bytes = bytes;
  const std::lock_guard lock(mutex_);
  sink_->on({&request, 1});
}

}  // namespace wayside
