#pragma once

#include "agent/core/family.h"
#include "agent/core/result.h"
#include "agent/requests/rules.h"
#include "agent/store/store.h"

namespace wayside {

// The families a recorder writes. The names of the two histograms are those of OpenTelemetry's
// HTTP conventions (https://opentelemetry.io/docs/specs/semconv/http/http-metrics/); each counter
// of what has no latency has the labels of the histogram it stands beside, so that the two add up
// to all requests.
struct RequestFamilies {
  FamilyId server;               // http_server_request_duration_seconds
  FamilyId server_unmeasured;    // wayside_requests_without_latency_total
  FamilyId upstream;             // http_client_request_duration_seconds
  FamilyId upstream_unmeasured;  // wayside_upstream_attempts_without_latency_total
  FamilyId slow;                 // wayside_slow_requests_total
  FamilyId ignored;              // wayside_requests_ignored_total

  // `collector`: whose requests are counted there.
  static Result<RequestFamilies> declare(Store& store, const RequestRules& rules,
                                         std::string_view collector);
};

}  // namespace wayside
