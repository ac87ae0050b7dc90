#pragma once

#include <cstdint>
#include <mutex>
#include <string_view>

#include "exporters/prometheus/endpoint.h"
#include "exporters/prometheus/http/connection.h"

namespace wayside {

// Tells the endpoint's own requests to whoever observes them. Thread-safe.
class Witness {
 public:
  explicit Witness(const EndpointContext& context)
      : sink_(context.own_requests), clock_(context.clock) {}

  // `bytes` are all that were sent, the head included.
  void answered(const Connection& connection, int status, std::string_view route,
                std::uint64_t bytes);

 private:
  std::mutex mutex_;  // a sink takes one call at a time
  RequestSink* sink_;
  const Clock& clock_;
};

}  // namespace wayside
