#include "agent/requests/families.h"

#include <utility>

namespace wayside {
namespace {

using Labels = std::vector<std::string>;

Labels server_labels() {
  return {"service_name", "http_request_method", "http_route", "http_response_status_code"};
}
Labels upstream_labels() {
  return {"service_name", "server_address", "server_port", "http_response_status_code"};
}

FamilyDesc histogram(std::string name, std::string help, Labels labels, const RequestRules& rules) {
  return {.name = std::move(name),
          .help = std::move(help),
          .unit = "seconds",
          .kind = Kind::histogram,
          .labels = std::move(labels),
          .bounds = rules.buckets,
          .native = rules.native_histograms,
          .max_series = rules.max_series,
          .overflow_keeps = 1};
}

FamilyDesc counter(std::string name, std::string help, Labels labels, const RequestRules& rules) {
  return {.name = std::move(name),
          .help = std::move(help),
          .unit = {},
          .kind = Kind::counter,
          .labels = std::move(labels),
          .bounds = {},
          .native = false,
          .max_series = rules.max_series,
          .overflow_keeps = 1};
}

}  // namespace

Result<RequestFamilies> RequestFamilies::declare(Store& store, const RequestRules& rules,
                                                 std::string_view collector) {
  RequestFamilies families;
  const std::pair<FamilyId*, FamilyDesc> all[] = {
      {&families.server,
       histogram("http_server_request_duration_seconds",
                 "Duration of requests that a service answered.", server_labels(), rules)},
      {&families.server_unmeasured,
       counter("wayside_requests_without_latency_total",
               "Requests whose source states no duration, upgraded connections and event streams; "
               "they are in no histogram.",
               server_labels(), rules)},
      {&families.upstream, histogram("http_client_request_duration_seconds",
                                     "Duration of a load balancer's attempts at its upstreams.",
                                     upstream_labels(), rules)},
      {&families.upstream_unmeasured,
       counter("wayside_upstream_attempts_without_latency_total",
               "Attempts at upstreams that have no duration; they are in no histogram.",
               upstream_labels(), rules)},
      {&families.slow, counter("wayside_slow_requests_total",
                               "Requests that took longer than the threshold of their route.",
                               {"service_name", "http_route"}, rules)},
      {&families.ignored, counter("wayside_requests_ignored_total",
                                  "Requests that the config tells to ignore, by what told; they "
                                  "are in no histogram.",
                                  {"service_name", "rule"}, rules)},
  };
  for (const auto& [id, desc] : all) {
    const Result<FamilyId> declared = store.declare(desc, collector);
    if (!declared) return declared.error();
    *id = *declared;
  }
  return families;
}

}  // namespace wayside
