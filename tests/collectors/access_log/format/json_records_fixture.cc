#include "tests/collectors/access_log/format/json_records.h"

namespace wayside {
namespace {

using Json = nlohmann::ordered_json;

std::string decimal(std::int64_t value, std::int64_t unit, int digits) {
  std::string fraction = std::to_string(value % unit);
  fraction.insert(0, static_cast<std::size_t>(digits) - fraction.size(), '0');
  return std::to_string(value / unit) + "." + fraction;
}

WallTime wall(std::int64_t millis) {
  return WallTime{std::chrono::milliseconds{millis}};
}

Json nginx(const JsonRecord& r) {
  return {{"msec", decimal(r.ended_millis, 1000, 3)},
          {"remote_addr", r.client},
          {"request_method", r.method},
          {"request_uri", r.path},
          {"status", std::to_string(r.status)},
          {"bytes_sent", r.bytes},
          {"request_time", decimal(r.micros / 1000, 1000, 3)},
          {"http_user_agent", r.agent},
          {"host", r.host},
          {"request_id", r.id}};
}

Json caddy(const JsonRecord& r) {
  return {{"level", "info"},
          {"ts", to_rfc3339(wall(r.ended_millis))},
          {"request",
           {{"remote_ip", r.client},
            {"method", r.method},
            {"host", r.host},
            {"uri", r.path},
            {"headers",
             {{"Accept", Json::array({"*/*", "x"})},
              {"User-Agent", Json::array({r.agent})},
              {"X-Request-Id", Json::array({r.id})}}}}},
          {"duration", std::to_string(r.micros) + "us"},
          {"size", r.bytes},
          {"status", r.status}};
}

Json traefik(const JsonRecord& r) {
  return {{"ClientHost", r.client},       {"DownstreamContentSize", r.bytes},
          {"DownstreamStatus", r.status}, {"Duration", r.micros * 1000},
          {"RequestHost", r.host},        {"RequestMethod", r.method},
          {"RequestPath", r.path},        {"request_User-Agent", r.agent},
          {"request_X-Request-Id", r.id}, {"time", to_rfc3339(wall(r.ended_millis))}};
}

Json envoy(const JsonRecord& r) {
  const std::int64_t millis = r.micros / 1000;
  return {{"start_time", to_rfc3339(wall(r.ended_millis - millis))},
          {"method", r.method},
          {"path", r.path},
          {"response_code", r.status},
          {"bytes_sent", r.bytes},
          {"duration", millis},
          {"downstream_remote_address",
           r.client.find(':') == std::string::npos ? r.client + ":1" : "[" + r.client + "]:1"},
          {"user_agent", r.agent},
          {"request_id", r.id},
          {"authority", r.host}};
}

Json pino(const JsonRecord& r) {
  return {{"level", 30},
          {"time", r.ended_millis},
          {"pid", 17},
          {"req",
           {{"id", r.id},
            {"method", r.method},
            {"url", r.path},
            {"headers", {{"host", r.host}, {"user-agent", r.agent}}},
            {"remoteAddress", r.client}}},
          {"res", {{"statusCode", r.status}, {"headers", {{"content-length", r.bytes}}}}},
          {"responseTime", static_cast<double>(r.micros / 1000)},
          {"msg", "request completed"}};
}

Json winston(const JsonRecord& r) {
  return {{"level", "info"},
          {"message", "Request completed"},
          {"method", r.method},
          {"url", r.path},
          {"duration", std::to_string(r.micros / 1000) + "ms"},
          {"statusCode", r.status},
          {"contentLength", r.bytes},
          {"ip", r.client},
          {"host", r.host},
          {"requestId", r.id},
          {"userAgent", r.agent},
          {"timestamp", to_rfc3339(wall(r.ended_millis))}};
}

Json python(const JsonRecord& r) {
  return {{"event", "request_finished"},
          {"path", r.path},
          {"method", r.method},
          {"status_code", r.status},
          {"duration_us", r.micros},
          {"bytes", r.bytes},
          {"client", r.client},
          {"host", r.host},
          {"request_id", r.id},
          {"user_agent", r.agent},
          {"timestamp", r.ended_millis / 1000}};
}

}  // namespace

const std::vector<JsonWriter>& json_writers() {
  static const std::vector<JsonWriter> writers = {
      {"nginx", nginx, 1, 1000},   {"caddy", caddy, 1, 1},  {"traefik", traefik, 1, 1},
      {"envoy", envoy, 1, 1000},   {"pino", pino, 1, 1000}, {"winston", winston, 1, 1000},
      {"python", python, 1000, 1},
  };
  return writers;
}

}  // namespace wayside
