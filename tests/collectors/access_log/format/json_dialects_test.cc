// Lines as real programs write them, and what must come of each.
#include <gtest/gtest.h>

#include "tests/collectors/access_log/format/json_lines.h"

namespace wayside {
namespace {

struct Case {
  std::string_view line, expected;
};

void expect_all(std::initializer_list<Case> cases) {
  for (const Case& c : cases) EXPECT_EQ(show_json(c.line), c.expected) << c.line;
}

TEST(JsonDialects, NginxWithTheNamesOfItsVariables) {
  expect_all({
      {R"({"time_iso8601":"2026-11-23T22:31:31+00:00","remote_addr":"203.0.113.7",)"
       R"("request_method":"GET","request_uri":"/api/students/1?page=2","status":"200",)"
       R"("body_bytes_sent":"5120","request_time":"0.012","upstream_response_time":"0.010",)"
       R"("upstream_addr":"10.0.0.1:8080","upstream_status":"200",)"
       R"("upstream_cache_status":"MISS","host":"college.example","http_user_agent":"curl/8.1",)"
       R"("request_id":"0123456789abcdef"})",
       "GET /api/students/1?page=2 200 12000us ended=1795473091000000 bytes=5120 "
       "client=203.0.113.7 host=college.example agent=curl/8.1 id=0123456789abcdef cache=MISS "
       "[10.0.0.1:8080 200 10000us]"},
      {R"({"msec":"1795473091.123","status":502,"request":"POST /login HTTP/1.1",)"
       R"("request_time":1.5,"upstream_response_time":"0.500, 1.000 : -",)"
       R"("upstream_addr":"10.0.0.1:80, 10.0.0.2:80 : unix:/run/a","upstream_status":"502, 502"})",
       "POST /login 502 1500000us ended=1795473091123000 [10.0.0.1:80 502 500000us] "
       "[10.0.0.2:80 502 1000000us] [unix:/run/a 0]"},
      {R"({"time_local":"23/Nov/2026:22:31:31 +0000","status":"499","uri":"/a","args":"b=1",)"
       R"("request_method":"GET","request_time":"0.000","upstream_response_time":"",)"
       R"("upstream_addr":"-","http_x_forwarded_for":"198.51.100.4, 10.0.0.2",)"
       R"("remote_addr":"10.0.0.3"})",
       "GET /a 499 0us ended=1795473091000000 client=198.51.100.4"},
      {R"({"request_uri":"/ws","request_method":"GET","status":"101","request_time":"60.000",)"
       R"("http_traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"})",
       "GET /ws 101 60000000us trace=0af7651916cd43dd8448eb211c80319c stream"},
      {R"({"request_uri":"/e","request_method":"GET","status":"200","request_time":"9.000",)"
       R"("sent_http_content_type":"text/event-stream; charset=utf-8"})",
       "GET /e 200 9000000us stream"},
      {R"({"request":"\u0016\u0003\u0001","status":"400","request_time":"0.000"})",
       "_OTHER  400 0us"},
      {R"({"request_uri":"http://h.example/x?y","status":"000","request_time":"0.001"})",
       "_OTHER /x?y 0 1000us"},
  });
}

TEST(JsonDialects, Caddy) {
  expect_all({
      {R"({"level":"info","ts":1795473091.1234567,"logger":"http.log.access.log0",)"
       R"("msg":"handled request","request":{"remote_ip":"203.0.113.7","remote_port":"41342",)"
       R"("client_ip":"203.0.113.7","proto":"HTTP/2.0","method":"GET","host":"localhost",)"
       R"("uri":"/api/a?b=c","headers":{"User-Agent":["curl/7.82.0"],"Accept":["*/*"],)"
       R"("X-Forwarded-For":["198.51.100.1"]},"tls":{"resumed":false,"version":772}},)"
       R"("bytes_read":0,"user_id":"","duration":0.000929675,"size":10900,"status":200,)"
       R"("resp_headers":{"Server":["Caddy"],"Content-Type":["text/html; charset=utf-8"]}})",
       "GET /api/a?b=c 200 929us ended=1795473091123456 bytes=10900 client=203.0.113.7 "
       "host=localhost agent=curl/7.82.0"},
      {R"({"ts":"2026-11-23T22:31:31.5Z","request":{"remote_addr":"10.0.0.9:41342",)"
       R"("method":"POST","uri":"/b"},"duration":"1.5ms","status":201,"size":0})",
       "POST /b 201 1500us ended=1795473091500000 client=10.0.0.9"},
      {R"({"request":{"method":"GET","uri":"/tiny"},"duration":9.5e-05,"status":200})",
       "GET /tiny 200 95us"},
      {R"({"request":{"method":"GET","uri":"/s"},"duration":30.5,"status":200,)"
       R"("resp_headers":{"Content-Type":["text/event-stream"]}})",
       "GET /s 200 30500000us stream"},
      {R"({"level":"error","ts":1795473091.1,"logger":"http.log.error",)"
       R"("msg":"dial tcp 127.0.0.1:9000: connect: connection refused","request":{"method":"GET",)"
       R"("uri":"/down"},"duration":0.0005,"status":502,"err_id":"ab12","err_trace":"x.go:1"})",
       "other"},
      {R"({"level":"info","ts":1795473090.1,"msg":"using provided configuration"})", "other"},
  });
}

TEST(JsonDialects, Traefik) {
  expect_all({
      {R"({"ClientAddr":"203.0.113.7:50772","ClientHost":"203.0.113.7","ClientPort":"50772",)"
       R"("ClientUsername":"-","DownstreamContentSize":1205,"DownstreamStatus":200,)"
       R"("Duration":12345678,"OriginContentSize":1205,"OriginDuration":11111111,)"
       R"("OriginStatus":200,"Overhead":1234567,"RequestAddr":"shop.example",)"
       R"("RequestContentSize":0,"RequestCount":7,"RequestHost":"shop.example",)"
       R"("RequestMethod":"GET","RequestPath":"/cart/17","RequestPort":"-",)"
       R"("RequestProtocol":"HTTP/1.1","RequestScheme":"http","RetryAttempts":0,)"
       R"("RouterName":"shop@docker","ServiceAddr":"172.18.0.5:80","ServiceName":"shop@docker",)"
       R"("ServiceURL":"http://172.18.0.5:80","StartUTC":"2026-11-23T22:31:31.123456789Z",)"
       R"("entryPointName":"web","level":"info","msg":"","request_User-Agent":"curl/8.1",)"
       R"("time":"2026-11-23T22:31:31Z"})",
       "GET /cart/17 200 12345us ended=1795473091135801 bytes=1205 client=203.0.113.7 "
       "host=shop.example agent=curl/8.1 [172.18.0.5:80 200 11111us]"},
      {R"({"ClientHost":"10.1.2.3","DownstreamStatus":404,"Duration":90000,"OriginDuration":0,)"
       R"("OriginStatus":0,"RequestMethod":"GET","RequestPath":"/no","level":"info",)"
       R"("time":"2026-11-23T22:31:31Z"})",
       "GET /no 404 90us ended=1795473091000000 client=10.1.2.3"},
      {R"({"DownstreamStatus":200,"Duration":1000,"RequestMethod":"GET","RequestPath":"/v2",)"
       R"("ServiceURL":{"Scheme":"http","Host":"10.0.0.1:80","Path":""},"OriginStatus":200})",
       "GET /v2 200 1us [10.0.0.1:80 200]"},
  });
}

TEST(JsonDialects, Envoy) {
  expect_all({
      {R"({"authority":"api.example","bytes_received":0,"bytes_sent":154,"duration":6,)"
       R"("method":"GET","path":"/status/418","protocol":"HTTP/1.1",)"
       R"("request_id":"84961386-6d84-929d-98bd-c5aee93b5c88","response_code":418,)"
       R"("response_flags":"-","start_time":"2026-11-23T22:31:31.018Z",)"
       R"("upstream_cluster":"httpbin","upstream_host":"127.0.0.1:80",)"
       R"("upstream_service_time":"4","user_agent":"curl/7.64","x_forwarded_for":"198.51.100.9",)"
       R"("downstream_remote_address":"10.0.0.3:50000"})",
       "GET /status/418 418 6000us ended=1795473091024000 bytes=154 client=198.51.100.9 "
       "host=api.example agent=curl/7.64 id=84961386-6d84-929d-98bd-c5aee93b5c88 "
       "[127.0.0.1:80 0 4000us]"},
      {R"({"duration":0,"method":"GET","path":"/","response_code":503,"response_flags":"UH",)"
       R"("start_time":"2026-11-23T22:31:31.018Z","upstream_host":null,)"
       R"("upstream_service_time":null})",
       "GET / 503 0us ended=1795473091018000"},
      {R"({"duration":5000,"method":"GET","path":"/gone","response_code":0})",
       "GET /gone 0 5000000us"},
  });
}

TEST(JsonDialects, ApacheByTheSuffixesOfKeys) {
  expect_all({
      {R"({"time":"23/Nov/2026:22:31:31 +0000","remoteIP":"198.51.100.2","host":"www.example",)"
       R"("request":"/index.html","method":"GET","status":"200","userAgent":"curl/8.1",)"
       R"("duration_us":"12345","bytes":"-"})",
       "GET /index.html 200 12345us ended=1795473091000000 client=198.51.100.2 host=www.example "
       "agent=curl/8.1"},
      {R"({"time":"[23/Nov/2026:22:31:31 +0000]","request":"GET /a HTTP/1.1","status":301,)"
       R"("response_time_us":850})",
       "GET /a 301 850us ended=1795473091000000"},
      {R"({"method":"GET","path":"/b","status":200,"time_us":7})", "GET /b 200 7us"},
      {R"({"method":"GET","path":"/c","status":200,"time_taken_ms":7})", "GET /c 200 7000us"},
  });
}

TEST(JsonDialects, PinoAndBunyan) {
  expect_all({
      {R"({"level":30,"time":1795473091123,"pid":17,"hostname":"web1","req":{"id":5,)"
       R"("method":"GET","url":"/api/a?x=1","query":{},"params":{},"headers":{)"
       R"("host":"localhost:3000","user-agent":"curl/8.1","x-forwarded-for":"198.51.100.7",)"
       R"("traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"},)"
       R"("remoteAddress":"::1","remotePort":5000},"res":{"statusCode":200,"headers":{)"
       R"("content-type":"text/html","content-length":"12"}},"responseTime":14.25,)"
       R"("msg":"request completed"})",
       "GET /api/a?x=1 200 14250us ended=1795473091123000 bytes=12 client=198.51.100.7 "
       "host=localhost:3000 agent=curl/8.1 id=5 trace=0af7651916cd43dd8448eb211c80319c"},
      {R"({"level":50,"time":1795473091123,"req":{"id":6,"method":"GET","url":"/boom"},)"
       R"("res":{"statusCode":500},"err":{"type":"Error","message":"failed","stack":"at x"},)"
       R"("responseTime":3,"msg":"request errored"})",
       "GET /boom 500 3000us ended=1795473091123000 id=6"},
      {R"({"level":50,"time":1795473091123,"reqId":"req-1","req":{"method":"GET","url":"/boom"},)"
       R"("res":{"statusCode":500},"err":{"type":"Error","message":"failed","stack":"at x"},)"
       R"("msg":"failed"})",
       "other"},
      {R"({"level":30,"time":1795473091123,"reqId":"req-1","req":{"method":"GET","url":"/a"},)"
       R"("msg":"incoming request"})",
       "other"},
      {R"({"level":30,"time":1795473091123,"pid":17,"msg":"Server listening at port 3000"})",
       "other"},
      {R"({"name":"api","hostname":"web1","pid":17,"level":30,"req":{"method":"PUT",)"
       R"("url":"/b","headers":{"host":"h.example"},"remoteAddress":"::ffff:127.0.0.1"},)"
       R"("res":{"statusCode":204},"responseTime":2,"msg":"",)"
       R"("time":"2026-11-23T22:31:31.123Z","v":0})",
       "PUT /b 204 2000us ended=1795473091123000 client=::ffff:127.0.0.1 host=h.example"},
  });
}

TEST(JsonDialects, FastifyTellsOfARequestInTwoLines) {
  const auto lines = [](const std::string& pid, const std::string& id, const std::string& url) {
    const std::string head = R"({"level":30,"time":1795473091123,"pid":)" + pid +
                             R"(,"hostname":"web1","reqId":")" + id + R"(",)";
    return std::pair{head + R"("req":{"method":"GET","url":")" + url +
                         R"(","host":"localhost:3000","remoteAddress":"127.0.0.1",)"
                         R"("remotePort":5000},"msg":"incoming request"})" +
                         "\n",
                     head +
                         R"("res":{"statusCode":200},"responseTime":4.5,)"
                         R"("msg":"request completed"})" +
                         "\n"};
  };
  const auto [first, first_ended] = lines("17", "req-1", "/a/\\u00e9");
  const auto [other, other_ended] = lines("18", "req-1", "/b");
  const auto [lost, lost_ended] = lines("17", "req-2", "/c");
  const Parsed parsed = parse_json(first + other + other_ended + first_ended + lost_ended);
  ASSERT_EQ(parsed.requests.size(), 3);
  EXPECT_EQ(parsed.counts.others, 2);
  EXPECT_EQ(show(parsed.requests[0]),
            "GET /b 200 4500us ended=1795473091123000 client=127.0.0.1 host=localhost:3000 "
            "id=req-1");
  EXPECT_EQ(parsed.requests[1].path, "/a/é");
  EXPECT_EQ(show(parsed.requests[2]), "_OTHER  200 4500us ended=1795473091123000 id=req-2");
}

TEST(JsonDialects, Morgan) {
  expect_all({
      {R"({"method":"GET","url":"/users/1","status":200,"response-time":"1.234",)"
       R"("content-length":"17","remote-addr":"::1","date":"2026-11-23T22:31:31.123Z"})",
       "GET /users/1 200 1234us ended=1795473091123000 bytes=17 client=::1"},
      {R"({"method":"GET","url":"/users/1","status":304,"responseTime":0.5,"contentLength":"-"})",
       "GET /users/1 304 500us"},
      {R"({"method":"GET","url":"/gone","status":"-","response_time":"-"})", "other"},
  });
}

TEST(JsonDialects, WinstonCountsASlowRequestOnce) {
  expect_all({
      {R"({"level":"info","message":"Request completed","method":"GET","url":"/api/students/1",)"
       R"("duration":"12ms","statusCode":200,"userAgent":"curl/8.1",)"
       R"("timestamp":"2026-11-23T22:31:31.123Z"})",
       "GET /api/students/1 200 12000us ended=1795473091123000 agent=curl/8.1"},
      {R"({"level":"warn","message":"Slow request detected","method":"GET",)"
       R"("url":"/api/students/1","duration":"1200ms","statusCode":200})",
       "other"},
      {R"({"level":"info","message":"Request completed","method":"GET","url":"/a",)"
       R"("duration":"1.2s","statusCode":200,"timestamp":"2026-11-23 22:31:31"})",
       "GET /a 200 1200000us"},
      {R"({"level":"info","message":"Server started on port 3000"})", "other"},
  });
}

TEST(JsonDialects, PythonAndOthers) {
  expect_all({
      {R"({"event":"request_finished","method":"GET","path":"/items/7","status_code":200,)"
       R"("duration":0.0123,"logger":"api","level":"info",)"
       R"("timestamp":"2026-11-23T22:31:31.123456Z"})",
       "GET /items/7 200 12300us ended=1795473091123456"},
      {R"({"method":"POST","path":"/items","status_code":201,"process_time":0.25,)"
       R"("client_addr":"127.0.0.1:5000","asctime":"2026-11-23 22:31:31,123"})",
       "POST /items 201 250000us client=127.0.0.1"},
      {R"({"method":"GET","path":"/ms","status_code":200,"duration_ms":12.5})",
       "GET /ms 200 12500us"},
      {R"({"time":"2026-11-23T22:31:31.5+01:00","remote_ip":"192.0.2.1","host":"h:1323",)"
       R"("method":"GET","uri":"/echo","user_agent":"x","status":200,"latency":29000,)"
       R"("latency_human":"29µs","bytes_out":13})",
       "GET /echo 200 29us ended=1795469491500000 bytes=13 client=192.0.2.1 host=h:1323 agent=x"},
      {R"({"@timestamp":"2026-11-23T22:31:31Z","http":{"request":{"method":"GET"},"response":{)"
       R"("status_code":200,"bytes":9}},"url":{"path":"/ecs"},"event":{"duration":2000000}})",
       "GET /ecs 200 2000us ended=1795473091000000 bytes=9"},
      {R"({"status":"ok","message":"all is well","path":"/var/run"})", "other"},
      {"{}", "other"},
  });
}

TEST(JsonDialects, FieldsNameKeysThatDiffer) {
  const FormatOptions options{.who = "req.headers.x-tenant",
                              .fields = {{"duration", "took"},
                                         {"path", "where.uri"},
                                         {"status", "code"},
                                         {"method", "verb"},
                                         {"time", "at"},
                                         {"client", "from"},
                                         {"request_id", "rid"}},
                              .duration_unit = "us"};
  EXPECT_EQ(show_json(R"({"took":850,"where":{"uri":"/x"},"code":200,"verb":"GET",)"
                      R"("at":1795473091,"from":"192.0.2.1","rid":"r1","path":"/not/this",)"
                      R"("req":{"headers":{"x-tenant":"acme"}}})",
                      options),
            "GET /x 200 850us ended=1795473091000000 client=192.0.2.1 id=r1 who=acme");
  EXPECT_EQ(show_json(R"({"took":"3ms","where.uri":"/y","code":200,"verb":"GET"})", options),
            "GET /y 200 3000us");
  // Whose request it is may be what the client is told by, too.
  EXPECT_EQ(show_json(R"({"ip":"192.0.2.1","status":200,"url":"/z"})",
                      {.who = "ip", .fields = {}, .duration_unit = ""}),
            "_OTHER /z 200 client=192.0.2.1 who=192.0.2.1");
}

TEST(JsonDialects, TheUnitOfBareNumbersCanBeGiven) {
  constexpr std::string_view kLine = R"({"url":"/a","status":200,"duration":12.5})";
  EXPECT_EQ(show_json(kLine), "_OTHER /a 200 12500us");
  EXPECT_EQ(show_json(kLine, {.who = "", .fields = {}, .duration_unit = "s"}),
            "_OTHER /a 200 12500000us");
  EXPECT_EQ(show_json(kLine, {.who = "", .fields = {}, .duration_unit = "ns"}),
            "_OTHER /a 200 0us");
}

TEST(JsonDialects, WhatFramesNestElsewhere) {
  expect_all({
      {R"({"level":"info","message":"HTTP GET /api/a/1","meta":{"req":{"url":"/a/1",)"
       R"("headers":{"host":"x"},"method":"GET","httpVersion":"1.1","originalUrl":"/api/a/1",)"
       R"("query":{}},"res":{"statusCode":200},"responseTime":3}})",
       "GET /api/a/1 200 3000us"},
      {R"({"severity":"INFO","httpRequest":{"requestMethod":"GET","status":404,)"
       R"("requestUrl":"https://h/api/b/2?x","latency":"0.031s","remoteIp":"192.0.2.4"}})",
       "GET /api/b/2?x 404 31000us client=192.0.2.4"},
      {R"({"request":{"path":"/u/1","method":"PUT"},"response":{"statusCode":201},"durationMs":15})",
       "PUT /u/1 201 15000us"},
      {R"({"http":{"method":"GET","url":"http://h/u/2?x=1","status_code":500},"duration_ms":1.5})",
       "GET /u/2?x=1 500 1500us"},
      {R"({"RequestMethod":"GET","RequestPath":"/x/1","StatusCode":200,"Elapsed":12.3})",
       "GET /x/1 200 12300us"},
      {R"({"request_line":"GET /a/1 HTTP/1.1","status_code":"200 OK"})", "GET /a/1 200"},
      {R"({"path":"/a","status":"2000"})", "bad_status"},
  });
}

}  // namespace
}  // namespace wayside
