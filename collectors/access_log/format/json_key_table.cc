#include "collectors/access_log/format/json_key_table.h"

#include <array>
#include <string>

#include "collectors/access_log/format/json_dialect.h"

namespace wayside {
namespace {

using json_mark::kApache;
using json_mark::kCaddy;
using json_mark::kCamelStatus;
using json_mark::kEnvoy;
using json_mark::kError;
using json_mark::kErrorId;
using json_mark::kMessage;
using json_mark::kNginx;
using json_mark::kNode;
using json_mark::kResponseTime;
using json_mark::kSnakeStatus;
using json_mark::kTraefik;
using json_mark::kVersion;
using F = JsonField;
using U = DurationUnit;

struct Row {
  std::string_view path;
  F field;
  std::uint8_t rank;
  JsonMarks marks = 0;
  U unit = U::unknown;
};

constexpr Row kRequests[] = {
    {"request_uri", F::path, 9, kNginx},
    {"request/uri", F::path, 9, kCaddy},
    {"RequestPath", F::path, 9},
    {"req/url", F::path, 9, kNode},
    {"req/originalUrl", F::path, 10, kNode},
    {"meta/req/url", F::path, 9},  // express-winston's
    {"meta/req/originalUrl", F::path, 10},
    {"httpRequest/requestUrl", F::path, 9},  // of Google's structured logs
    {"http/url", F::path, 6},
    {"http/target", F::path, 6},
    {"originalUrl", F::path, 8},
    {"original_url", F::path, 8},
    {"url", F::path, 7},
    {"url/original", F::path, 8},
    {"url/path", F::path, 7},
    {"uri", F::path, 6},
    {"request_path", F::path, 6},
    {"requestPath", F::path, 6},
    {"request/path", F::path, 6},
    {"request/url", F::path, 6},
    {"requested_uri", F::path, 6},
    {"http.target", F::path, 6},
    {"http.url", F::path, 5},
    {"url.path", F::path, 5},
    {"http_path", F::path, 5},
    {"path", F::path, 5},
    {"pathname", F::path, 5},
    {"target", F::path, 2},
    {"request", F::request_line, 5},
    {"request_line", F::request_line, 6},
    {"requestLine", F::request_line, 6},
    {"request_method", F::method, 9},
    {"request/method", F::method, 9},
    {"http/request/method", F::method, 8},
    {"RequestMethod", F::method, 9},
    {"req/method", F::method, 9, kNode},
    {"meta/req/method", F::method, 9},
    {"httpRequest/requestMethod", F::method, 9},
    {"http/method", F::method, 6},
    {"method", F::method, 7},
    {"http_method", F::method, 6},
    {"requestMethod", F::method, 6},
    {"http.method", F::method, 6},
    {"http.request.method", F::method, 6},
    {"verb", F::method, 5},
    {"http.route", F::route, 5},
    {"http_route", F::route, 5},
};

constexpr Row kAnswers[] = {
    {"DownstreamStatus", F::status, 9, kTraefik},
    {"response_code", F::status, 8, kEnvoy},
    {"res/statusCode", F::status, 9, kNode},
    {"res/status", F::status, 7},
    {"response/status_code", F::status, 7},
    {"response/status", F::status, 6},
    {"response/statusCode", F::status, 7},
    {"meta/res/statusCode", F::status, 9},
    {"httpRequest/status", F::status, 9},
    {"http/status_code", F::status, 7},
    {"StatusCode", F::status, 6},  // Serilog's
    {"http/response/status_code", F::status, 8},
    {"statusCode", F::status, 7, kCamelStatus},
    {"status_code", F::status, 7, kSnakeStatus},
    {"status-code", F::status, 7},
    {"http_status", F::status, 6},
    {"http.status_code", F::status, 6},
    {"http.response.status_code", F::status, 6},
    {"response_status", F::status, 6},
    {"responseStatus", F::status, 6},
    {"status", F::status, 5},
    {"bytes_sent", F::bytes, 9},
    {"body_bytes_sent", F::bytes, 8, kNginx},
    {"DownstreamContentSize", F::bytes, 8},
    {"res/headers/content-length", F::bytes, 8},
    {"http/response/bytes", F::bytes, 8},
    {"size", F::bytes, 5},
    {"content-length", F::bytes, 7},
    {"contentLength", F::bytes, 7},
    {"content_length", F::bytes, 6},
    {"response_size", F::bytes, 6},
    {"response_length", F::bytes, 6},
    {"responseSize", F::bytes, 6},
    {"bytes", F::bytes, 5},
    {"bytes_out", F::bytes, 5},
    {"sent_http_content_type", F::content_type, 9},
    {"upstream_http_content_type", F::content_type, 7},
    {"resp_headers/Content-Type", F::content_type, 9},
    {"res/headers/content-type", F::content_type, 9},
    {"downstream_Content-Type", F::content_type, 9},
    {"upstream_cache_status", F::cache_status, 9, kNginx},
    {"cache_status", F::cache_status, 8},
    {"cacheStatus", F::cache_status, 8},
};

constexpr Row kPeople[] = {
    {"ClientHost", F::client, 9},
    {"ClientAddr", F::client, 5},
    {"request/client_ip", F::client, 9},
    {"request/remote_ip", F::client, 8},
    {"request/remote_addr", F::client, 7},
    {"req/remoteAddress", F::client, 8, kNode},
    {"httpRequest/remoteIp", F::client, 8},
    {"req/ip", F::client, 9},
    {"client/ip", F::client, 8},
    {"source/ip", F::client, 7},
    {"remote_addr", F::client, 7},
    {"remote_ip", F::client, 7},
    {"remoteIP", F::client, 7, kApache},
    {"remoteIp", F::client, 7},
    {"remoteAddress", F::client, 7},
    {"remoteAddr", F::client, 7},
    {"remote_address", F::client, 7},
    {"remote-addr", F::client, 7},
    {"client_ip", F::client, 8},
    {"clientIp", F::client, 8},
    {"clientIP", F::client, 8},
    {"client_addr", F::client, 6},
    {"downstream_remote_address", F::client, 6},
    {"ip", F::client, 6},
    {"client", F::client, 4},
    {"remote", F::client, 4},
    {"http_x_forwarded_for", F::forwarded, 9},
    {"x_forwarded_for", F::forwarded, 8},
    {"x-forwarded-for", F::forwarded, 8},
    {"request/headers/X-Forwarded-For", F::forwarded, 9},
    {"req/headers/x-forwarded-for", F::forwarded, 9},
    {"request_X-Forwarded-For", F::forwarded, 9},
    {"host", F::host, 8},
    {"http_host", F::host, 9},
    {"server_name", F::host, 5},
    {"authority", F::host, 7},
    {"request/host", F::host, 9},
    {"RequestHost", F::host, 9},
    {"req/headers/host", F::host, 9, kNode},
    {"req/hostname", F::host, 8},
    {"req/host", F::host, 8},
    {"http_user_agent", F::user_agent, 9, kNginx},
    {"request/headers/User-Agent", F::user_agent, 9},
    {"req/headers/user-agent", F::user_agent, 9, kNode},
    {"request_User-Agent", F::user_agent, 9},
    {"user_agent", F::user_agent, 8},
    {"user_agent/original", F::user_agent, 8},
    {"userAgent", F::user_agent, 8},
    {"user-agent", F::user_agent, 8},
    {"agent", F::user_agent, 4},
    {"ua", F::user_agent, 4},
};

constexpr Row kTraces[] = {
    {"request_id", F::request_id, 8},
    {"requestId", F::request_id, 8},
    {"requestID", F::request_id, 8},
    {"request_X-Request-Id", F::request_id, 9},
    {"http_x_request_id", F::request_id, 9},
    {"x_request_id", F::request_id, 8},
    {"x-request-id", F::request_id, 8},
    {"request/headers/X-Request-Id", F::request_id, 8},
    {"req/id", F::request_id, 9, kNode},
    {"req/headers/x-request-id", F::request_id, 8, kNode},
    {"req_id", F::request_id, 7},
    {"reqId", F::request_id, 7, kNode},
    {"correlation_id", F::request_id, 5},
    {"correlationId", F::request_id, 5},
    {"trace_id", F::trace_id, 8},
    {"traceId", F::trace_id, 8},
    {"traceID", F::trace_id, 8},
    {"TraceId", F::trace_id, 8},
    {"trace.id", F::trace_id, 8},
    {"trace/id", F::trace_id, 8},
    {"otelTraceID", F::trace_id, 7},
    {"http_traceparent", F::traceparent, 9},
    {"traceparent", F::traceparent, 8},
    {"request/headers/Traceparent", F::traceparent, 8},
    {"req/headers/traceparent", F::traceparent, 8},
    {"request_Traceparent", F::traceparent, 8},
};

constexpr Row kTimes[] = {
    {"msec", F::time, 9, kNginx},
    {"time_iso8601", F::time, 8, kNginx},
    {"time_local", F::time, 7, kNginx},
    {"@timestamp", F::time, 6},
    {"timestamp", F::time, 6},
    {"ts", F::time, 6},
    {"time", F::time, 6},
    {"datetime", F::time, 4},
    {"date", F::time, 3},
    {"asctime", F::time, 2},
    {"StartUTC", F::begun, 9},
    {"start_time", F::begun, 8},
    {"request_time", F::duration, 8, kNginx, U::s},
    {"rt", F::duration, 4, 0, U::s},
    {"Duration", F::duration, 9, 0, U::ns},
    {"event/duration", F::duration, 9, 0, U::ns},
    {"latency_human", F::duration, 9},
    {"responseTime", F::duration, 6, kResponseTime, U::ms},
    {"response-time", F::duration, 6, kResponseTime, U::ms},
    {"response_time", F::duration, 6, kResponseTime},
    {"meta/responseTime", F::duration, 8, 0, U::ms},
    {"httpRequest/latency", F::duration, 8, 0, U::s},
    {"Elapsed", F::duration, 4, 0, U::ms},
    {"process_time", F::duration, 5, 0, U::s},
    {"processing_time", F::duration, 5},
    {"duration", F::duration, 5},
    {"elapsed", F::duration, 4},
    {"elapsed_time", F::duration, 4},
    {"latency", F::duration, 4},
    {"time_taken", F::duration, 4},
    {"took", F::duration, 4},
};

constexpr Row kUpstreams[] = {
    {"upstream_addr", F::upstream_address, 9, kNginx},
    {"upstream_host", F::upstream_address, 8},
    {"ServiceAddr", F::upstream_address, 9},
    {"ServiceURL", F::upstream_address, 7},
    {"ServiceURL/Host", F::upstream_address, 8},
    {"upstream_status", F::upstream_status, 9, kNginx},
    {"OriginStatus", F::upstream_status, 9},
    {"upstream_response_time", F::upstream_time, 9, kNginx, U::s},
    {"urt", F::upstream_time, 5, 0, U::s},
    {"OriginDuration", F::upstream_time, 9, 0, U::ns},
    {"upstream_service_time", F::upstream_time, 8, 0, U::ms},
};

// What is no request, or says so.
constexpr Row kSigns[] = {
    {"message", F::message, 8, kMessage},
    {"msg", F::message, 7},
    {"event", F::message, 5},
    {"pid", F::process, 5},
    {"v", F::skip, 0, kVersion},
    {"err/message", F::skip, 0, kError},
    {"err/stack", F::skip, 0, kError},
    {"err_id", F::skip, 0, kErrorId},
};

constexpr std::string_view kDurations[] = {
    "duration",        "response_time", "responseTime",    "request_time",
    "requestTime",     "process_time",  "elapsed",         "elapsed_time",
    "latency",         "took",          "time_taken",      "request_duration",
    "requestDuration", "total_time",    "processing_time", "exec_time"};

struct Suffix {
  std::string_view text;
  U unit;
};

constexpr Suffix kSuffixes[] = {
    {"_s", U::s},      {"_sec", U::s},    {"_secs", U::s},        {"_seconds", U::s},
    {"Seconds", U::s}, {"_ms", U::ms},    {"_msec", U::ms},       {"_millis", U::ms},
    {"Ms", U::ms},     {"MS", U::ms},     {"Millis", U::ms},      {"_milliseconds", U::ms},
    {"_us", U::us},    {"_usec", U::us},  {"_micros", U::us},     {"_microseconds", U::us},
    {"Us", U::us},     {"Micros", U::us}, {"_ns", U::ns},         {"_nanos", U::ns},
    {"Ns", U::ns},     {"Nanos", U::ns},  {"_nanoseconds", U::ns}};

}  // namespace

void for_each_json_key(const std::function<void(std::string_view path, const JsonKey& key)>& use) {
  const auto use_all = [&use](const auto& rows) {
    for (const Row& row : rows) {
      use(row.path, {.field = row.field, .rank = row.rank, .unit = row.unit, .marks = row.marks});
    }
  };
  use_all(kRequests);
  use_all(kAnswers);
  use_all(kPeople);
  use_all(kTraces);
  use_all(kTimes);
  use_all(kUpstreams);
  use_all(kSigns);
  const auto use_duration = [&use](const std::string& name, U unit) {
    use(name, {.field = F::duration,
               .rank = 7,
               .unit = unit,
               .marks = unit == U::us ? kApache : JsonMarks{0}});
  };
  for (const std::string_view stem : kDurations) {
    for (const Suffix& suffix : kSuffixes) {
      use_duration(std::string(stem).append(suffix.text), suffix.unit);
    }
  }
  use_duration("time_us", U::us);
  use_duration("time_ms", U::ms);
}

}  // namespace wayside
