#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "agent/core/time.h"

namespace wayside {

// The methods OpenTelemetry knows; anything else is `other`, shown as "_OTHER".
// https://opentelemetry.io/docs/specs/semconv/http/http-metrics/
enum class Method : std::uint8_t {
  get,
  head,
  post,
  put,
  del,
  connect,
  options,
  trace,
  patch,
  other
};
inline constexpr std::size_t kMethods = 10;

// Case-sensitive, as RFC 9110 has it.
Method method_from(std::string_view text);
std::string_view to_string(Method method);

// One attempt of a load balancer at an upstream.
struct Attempt {
  std::string_view address;       // "10.0.0.1:8080", "unix:/run/app.sock"
  std::uint16_t status = 0;       // 0: not stated
  Micros duration = kNoDuration;  // may exceed the request's own
};

// One request that was answered, as a source tells of it. Views point into the source's buffer
// and live as long as the call that hands the request over.
struct Request {
  WallTime ended = kNoTime;    // when the answer was complete
  Micros total = kNoDuration;  // from the first byte read to the last byte sent
  std::span<const Attempt> attempts;
  Method method = Method::other;
  std::uint16_t status = 0;      // 0: not stated
  bool stream = false;           // an upgraded connection or event stream: no latency
  std::string_view path;         // as sent, with its query; empty: none could be read
  bool path_padded = false;      // 64 bytes behind the path, where there is one, are readable
  std::string_view route_given;  // the template, where the source knows it
  std::string_view trace_id;
  std::string_view request_id;
  std::string_view client;
  std::string_view who;         // a tenant, user or key, where a source is told what names it
  std::string_view user_agent;  // empty: not stated
  std::string_view host;
  std::string_view cache_status;  // HIT, MISS, …; empty: not stated
  std::uint64_t bytes = 0;

  [[nodiscard]] WallTime begun() const {
    return ended == kNoTime || total == kNoDuration ? ended : ended - total;
  }
};

// Takes requests in batches. One thread at a time, unless an implementation says more.
class RequestSink {
 public:
  virtual ~RequestSink() = default;
  virtual void on(std::span<const Request> requests) = 0;
};

}  // namespace wayside
