#include "collectors/access_log/format/variables.h"

namespace wayside {
namespace {

// https://nginx.org/en/docs/varindex.html
constexpr Variable kVariables[] = {
    {"request", Part::both, Field::request, 2},
    {"request_method", Part::method, Field::method, 3},
    {"request_uri", Part::target, Field::target, 3},
    {"uri", Part::target, Field::target, 1},
    {"document_uri", Part::target, Field::target, 1},
    {"host", Part::host, Field::host, 3},
    {"http_host", Part::host, Field::host, 2},
    {"server_name", Part::host, Field::host, 1},
    {"status", Part::status, Field::status, 1},
    {"bytes_sent", Part::bytes, Field::bytes, 2},
    {"body_bytes_sent", Part::bytes, Field::bytes, 1},
    {"request_time", Part::total, Field::total, 1},
    {"request_time_ms", Part::total, Field::total_millis, 2},  // no variable of nginx's own
    {"msec", Part::time, Field::msec, 3},
    {"time_iso8601", Part::time, Field::time_iso8601, 2},
    {"time_local", Part::time, Field::time_local, 1},
    {"remote_addr", Part::client, Field::client, 4},
    {"http_x_real_ip", Part::client, Field::client, 3},
    {"http_cf_connecting_ip", Part::client, Field::client, 2},
    {"proxy_protocol_addr", Part::client, Field::client, 1},
    {"http_x_forwarded_for", Part::forwarded, Field::forwarded, 2},
    {"proxy_add_x_forwarded_for", Part::forwarded, Field::forwarded, 1},
    {"request_id", Part::request_id, Field::request_id, 5},
    {"http_x_request_id", Part::request_id, Field::request_id, 4},
    {"sent_http_x_request_id", Part::request_id, Field::request_id, 3},
    {"upstream_http_x_request_id", Part::request_id, Field::request_id, 2},
    {"http_x_correlation_id", Part::request_id, Field::request_id, 1},
    {"otel_trace_id", Part::trace_id, Field::trace_id, 5},
    {"opentelemetry_trace_id", Part::trace_id, Field::trace_id, 4},
    {"http_traceparent", Part::trace_id, Field::traceparent, 3},
    {"http_x_b3_traceid", Part::trace_id, Field::trace_id, 2},
    {"http_x_trace_id", Part::trace_id, Field::trace_id, 1},
    {"upstream_cache_status", Part::cache_status, Field::cache_status, 1},
    {"sent_http_content_type", Part::content_type, Field::content_type, 2},
    {"upstream_http_content_type", Part::content_type, Field::content_type, 1},
    {"http_user_agent", Part::user_agent, Field::user_agent, 1},
    {"upstream_addr", Part::upstream_address, Field::upstream_address, 1},
    {"upstream_status", Part::upstream_status, Field::upstream_status, 1},
    {"upstream_response_time", Part::upstream_time, Field::upstream_time, 1},
};

}  // namespace

Variable find_variable(std::string_view name) {
  for (const Variable& variable : kVariables) {
    if (variable.name == name) return variable;
  }
  return {};
}

}  // namespace wayside
