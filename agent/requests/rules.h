#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "agent/core/config_map.h"
#include "agent/core/time.h"

namespace wayside {

// The config's `requests`: how every request is judged and recorded, whichever source tells it.
struct RequestRules {
  Micros slow_after{1'000'000};  // slower than this is slow
  std::vector<std::pair<std::string, Micros>> slow_after_by_route;
  std::vector<double> buckets = {0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 0.5, 1, 2.5, 5, 10};
  std::vector<std::string> routes;  // templates, most users need none
  std::vector<std::string> ignore;  // paths, `*` for any rest or segment part; health, static
  bool ignore_bots = false;         // by user agent
  bool anonymize_who = false;       // addresses of clients are told as networks
  enum class Latency : std::uint8_t { request, upstream };
  Latency latency = Latency::request;
  std::vector<std::string> redact;  // RE2 patterns
  bool show_query = false;          // events leave queries out unless asked
  bool native_histograms = true;    // latencies are kept in native buckets as well
  std::uint32_t max_series = 2000;
};

// Reads `requests`, with every problem of it reported: bounds that do not ascend, patterns that
// do not compile, templates that are none.
RequestRules read_request_rules(ConfigMap& map);

}  // namespace wayside
