#include "collectors/access_log/format/parser.h"

#include <gmock/gmock.h>

#include "tests/collectors/access_log/format/parsed_lines.h"

namespace wayside {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;
using testing::ElementsAre;

constexpr std::string_view kCombinedLine =
    R"(203.0.113.7 - - [23/Nov/2026:22:31:31 +0000] "GET /api/students/123?page=2 HTTP/1.1" )"
    R"x(200 5120 "https://example.com/" "Mozilla/5.0 (X11; Linux x86_64)")x";
constexpr WallTime kThen{seconds{1'795'473'091}};

TEST(Parser, ReadsCombined) {
  const OwnedRequest request = parse_line("combined", kCombinedLine);
  EXPECT_EQ(request.ended, kThen);
  EXPECT_EQ(request.method, Method::get);
  EXPECT_EQ(request.path, "/api/students/123?page=2");
  EXPECT_EQ(request.status, 200);
  EXPECT_EQ(request.bytes, 5120);
  EXPECT_EQ(request.client, "203.0.113.7");
  EXPECT_EQ(request.total, kNoDuration);
  EXPECT_TRUE(request.attempts.empty());
  EXPECT_FALSE(request.stream);
}

TEST(Parser, ReadsCommon) {
  const OwnedRequest request =
      parse_line("common", R"(::1 - frank [10/Oct/2000:13:55:36 -0700] "POST /a HTTP/1.0" 201 -)");
  EXPECT_EQ(request.ended, WallTime{seconds{971'211'336}});
  EXPECT_EQ(request.method, Method::post);
  EXPECT_EQ(request.path, "/a");
  EXPECT_EQ(request.status, 201);
  EXPECT_EQ(request.bytes, 0);
  EXPECT_EQ(request.client, "::1");
}

// A format, a line of it, and one part of the request that must come of it.
struct VariableCase {
  std::string_view format, line;
  std::string (*part)(const OwnedRequest&);
  std::string_view expected;
};

std::string total(const OwnedRequest& r) {
  return std::to_string(r.total.count());
}
std::string ended(const OwnedRequest& r) {
  return std::to_string(r.ended.time_since_epoch().count());
}
std::string status(const OwnedRequest& r) {
  return std::to_string(r.status);
}
std::string bytes(const OwnedRequest& r) {
  return std::to_string(r.bytes);
}
std::string method(const OwnedRequest& r) {
  return std::string(to_string(r.method));
}
std::string path(const OwnedRequest& r) {
  return r.path;
}
std::string host(const OwnedRequest& r) {
  return r.host;
}
std::string client(const OwnedRequest& r) {
  return r.client;
}
std::string request_id(const OwnedRequest& r) {
  return r.request_id;
}
std::string trace_id(const OwnedRequest& r) {
  return r.trace_id;
}
std::string cache(const OwnedRequest& r) {
  return r.cache_status;
}
std::string stream(const OwnedRequest& r) {
  return r.stream ? "stream" : "answer";
}
std::string attempts(const OwnedRequest& r) {
  std::string text;
  for (const auto& a : r.attempts) {
    text += a.address + "/" + std::to_string(a.status) + "/";
    text += (a.duration == kNoDuration ? "-" : std::to_string(a.duration.count())) + " ";
  }
  return text;
}

constexpr VariableCase kVariableCases[] = {
    {"$status", "204", status, "204"},
    {"$status", "000", status, "0"},
    {"$status", "009", status, "0"},
    {"$status", "-", status, "0"},
    {"<$status>", "<502>", status, "502"},
    {"$status $request_time", "200 0.000", total, "0"},
    {"$status $request_time", "200 12.345", total, "12345000"},
    {"$status $request_time", "200 0.1234567", total, "123456"},
    {"$status $request_time", "200 3", total, "3000000"},
    {"$status ${request_time}s", "200 1.500s", total, "1500000"},
    {"$status $bytes_sent", "200 12345678901", bytes, "12345678901"},
    {"$status $body_bytes_sent", "200 1234567", bytes, "1234567"},
    {"$body_bytes_sent $bytes_sent", "10 250", bytes, "250"},
    {"$msec $status", "1795473091.123 200", ended, "1795473091123000"},
    {"$time_iso8601 $status", "2026-11-23T23:31:31+01:00 200", ended, "1795473091000000"},
    {"[$time_local] $status", "[23/Nov/2026:22:31:31 +0000] 200", ended, "1795473091000000"},
    {"[$time_local] $time_iso8601", "[x] 2026-11-23T22:31:31Z", ended, "1795473091000000"},
    {"$time_iso8601 $msec", "x 1795473091.5", ended, "1795473091500000"},
    {"\"$request\"", "\"DELETE /a HTTP/2.0\"", method, "DELETE"},
    {"\"$request\"", "\"GET /a b HTTP/1.1\"", path, "/a b"},
    {"\"$request\"", "\"GET /old\"", path, "/old"},
    {"\"$request\"", "\"GET http://h.example/x?y=1 HTTP/1.1\"", path, "/x?y=1"},
    {"\"$request\"", "\"GET https://h.example HTTP/1.1\"", path, "/"},
    {"\"$request\"", "\"OPTIONS * HTTP/1.1\"", path, "*"},
    {"\"$request\"", "\"PROPFIND /d HTTP/1.1\"", method, "_OTHER"},
    {"\"$request\"", "\"PROPFIND /d HTTP/1.1\"", path, "/d"},
    {"\"$request\"", "\"-\"", method, "_OTHER"},
    {"\"$request\"", "\"-\"", path, ""},
    {"\"$request\"", "\"\"", path, ""},
    {"\"$request\"", R"("\x16\x03\x01\x00 \xA5")", path, ""},
    {"\"$request\"", R"("\x16\x03\x01\x00 \xA5")", method, "_OTHER"},
    {"\"$request\"", R"("GET /a\x22b\xD0\xB0\x5C HTTP/1.1")", path, "/a\"b\xD0\xB0\\"},
    {"\"$request\"", R"("GET /a\"b\\ HTTP/1.1")", path, "/a\"b\\"},
    {"$request_method $request_uri", "PATCH /p?q", method, "PATCH"},
    {"$request_method $request_uri", "PATCH /p?q", path, "/p?q"},
    {"$request_method $uri", "GET /index.html", path, "/index.html"},
    {"\"$request\" $uri", "\"GET /a HTTP/1.1\" /index.html", path, "/a"},
    {"\"$request\" $request_uri", "\"GET /a HTTP/1.1\" /b?c", path, "/b?c"},
    {"\"$request\" $request_uri", "\"PUT /a HTTP/1.1\" /b?c", method, "PUT"},
    {"\"$request\" $request_method", "\"PUT /a HTTP/1.1\" GET", path, "/a"},
    {"$uri$is_args$args", "/a?b=1", path, "/a?b=1"},
    {"$scheme://$host$request_uri", "https://shop.example/a?b", path, "/a?b"},
    {"$scheme://$host$request_uri", "https://shop.example/a?b", host, "shop.example"},
    {"$host:$server_port$request_uri", "shop.example:443/a", path, "/a"},
    {"$host$uri \"$request\"", "shop.example/i \"GET /a HTTP/1.1\"", host, "shop.example"},
    {"$host$uri \"$request\"", "shop.example/i \"GET /a HTTP/1.1\"", path, "/a"},
    {"$http_host $server_name $host", "a b c", host, "c"},
    {"$server_name $http_host", "a b:81", host, "b:81"},
    {"$server_name $status", "a 200", host, "a"},
    {"$remote_addr \"$http_x_forwarded_for\"", "10.0.0.1 \"198.51.100.1, 10.0.0.2\"", client,
     "198.51.100.1"},
    {"$remote_addr \"$http_x_forwarded_for\"", "203.0.113.1 \"198.51.100.1\"", client,
     "203.0.113.1"},
    {"$remote_addr \"$http_x_forwarded_for\"", "10.0.0.1 \"-\"", client, "10.0.0.1"},
    {"\"$http_x_forwarded_for\" $status", "\"198.51.100.1\" 200", client, "198.51.100.1"},
    {"$realip_remote_addr $remote_addr", "10.0.0.1 198.51.100.9", client, "198.51.100.9"},
    {"$request_id $status", "0123456789abcdef0123456789abcdef 200", request_id,
     "0123456789abcdef0123456789abcdef"},
    {"$http_x_request_id $status", "abc-1 200", request_id, "abc-1"},
    {"$http_x_trace_id $status", "t1 200", trace_id, "t1"},
    {"$http_traceparent $status", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 200",
     trace_id, "4bf92f3577b34da6a3ce929d0e0e4736"},
    {"$http_traceparent $status", "junk 200", trace_id, ""},
    {"$upstream_cache_status $status", "HIT 200", cache, "HIT"},
    {"$upstream_cache_status $status", "- 200", cache, ""},
    {"$status", "101", stream, "stream"},
    {"$status", "200", stream, "answer"},
    {"$sent_http_content_type|$status", "text/event-stream; charset=utf-8|200", stream, "stream"},
    {"$sent_http_content_type|$status", "text/html|200", stream, "answer"},
    {"$status $upstream_response_time", "200 0.012", attempts, "/0/12000 "},
    {"$status $upstream_response_time", "200 0.000", attempts, "/0/0 "},
    {"$status $upstream_response_time", "200 -", attempts, ""},
    {"$status $upstream_response_time", "200 0.002, 0.016", attempts, "/0/2000 /0/16000 "},
    {"$status $upstream_response_time", "200 0.002, - : 0.5", attempts, "/0/2000 /0/- /0/500000 "},
    {"$upstream_addr|$upstream_status|$upstream_response_time",
     "10.0.0.1:80, unix:/run/a.sock : [::1]:80|502, 504 : 200|0.001, 2.000 : 10.5", attempts,
     "10.0.0.1:80/502/1000 unix:/run/a.sock/504/2000000 [::1]:80/200/10500000 "},
    {"$upstream_addr|$upstream_response_time", "10.0.0.1:80, 10.0.0.2:80|0.001", attempts,
     "10.0.0.1:80/0/1000 10.0.0.2:80/0/- "},
    {"$upstream_addr|$upstream_status|$upstream_response_time", "backend|502|-", attempts,
     "backend/502/- "},
    {"$upstream_addr $upstream_status $upstream_response_time $status",
     "10.0.0.1:80, unix:/run/a.sock : [::1]:80 502, 504 : 200 0.001, 2.000 : 10.5 200", attempts,
     "10.0.0.1:80/502/1000 unix:/run/a.sock/504/2000000 [::1]:80/200/10500000 "},
    {"$upstream_response_time $status", "0.001 : 0.002 200", attempts, "/0/1000 /0/2000 "},
    {"$upstream_response_time $status", "- : 0.002 200", attempts, "/0/- /0/2000 "},
    {"$upstream_response_time $status", "0.001 :  200", attempts, "/0/1000 "},
    {"$upstream_connect_time $upstream_header_time $status", "0.001, 0.002 0.1 : 0.2 200", status,
     "200"},
    {"$http_x_forwarded_for $status", "198.51.100.1, 10.0.0.2 200", status, "200"},
    {"$upstream_response_time : $status", "0.001 : 200", status, "200"},
    {"$foo $bar$baz ($status)", "a b c(d (200)", status, "200"},
    {"$remote_user [$status]", "a user [200]", status, "200"},
    {"\"$http_user_agent\" $status", R"("a \" 1 \\" 200)", status, "200"},
};

TEST(Parser, ReadsEveryVariable) {
  for (const VariableCase& c : kVariableCases) {
    SCOPED_TRACE(std::string(c.format) + "  |  " + std::string(c.line));
    EXPECT_EQ(c.part(parse_line(c.format, c.line)), c.expected);
    EXPECT_EQ(c.part(parse_line(c.format, std::string(c.line) + "\r")), c.expected);
  }
}

struct ProblemCase {
  std::string_view format, line;
  ParseProblem problem;
};

constexpr ProblemCase kProblemCases[] = {
    {"combined", "rubbish", ParseProblem::no_match},
    {"combined", R"(203.0.113.7 - - [23/Nov/2026:22:31:31 +0000] "GET / HTTP)",
     ParseProblem::no_match},
    {"common", R"(1.1.1.1 - - [23/Nov/2026:22:31:31 +0000] "GET / HTTP/1.1" 2x0 1)",
     ParseProblem::bad_status},
    {"common", R"(1.1.1.1 - - [23/Nov/2026:22:31:31 +0000] "GET / HTTP/1.1" 200 1k)",
     ParseProblem::bad_bytes},
    {"common", R"(1.1.1.1 - - [23/Nov/2026:25:31:31 +0000] "GET / HTTP/1.1" 200 1)",
     ParseProblem::bad_time},
    {"$status", "2000", ParseProblem::bad_status},
    {"$status", "20", ParseProblem::bad_status},
    {"$status", "-12", ParseProblem::bad_status},
    {"$request_time", "-0.001", ParseProblem::bad_duration},
    {"$request_time", "nan", ParseProblem::bad_duration},
    {"$request_time", "inf", ParseProblem::bad_duration},
    {"$request_time", "1e3", ParseProblem::bad_duration},
    {"$request_time", ".", ParseProblem::bad_duration},
    {"$request_time", "0.12.3", ParseProblem::bad_duration},
    {"$request_time", "123456789.000", ParseProblem::bad_duration},
    {"$request_time", "18446744073709551.615", ParseProblem::bad_duration},
    {"$upstream_response_time", "0.001, nan", ParseProblem::bad_duration},
    {"$upstream_response_time", "-1.000", ParseProblem::bad_duration},
    {"$upstream_response_time", "99999999999.000", ParseProblem::bad_duration},
    {"$upstream_status", "200, 50x", ParseProblem::bad_status},
    {"$msec", "1795473091x", ParseProblem::bad_time},
    {"$msec", "-", ParseProblem::bad_time},
    {"$bytes_sent", "123456789012345678901234", ParseProblem::bad_bytes},
    {"lead $status", "lea", ParseProblem::no_match},
    {"lead $status", "x", ParseProblem::no_match},
};

TEST(Parser, CountsBadLinesByReasonAndReadsOn) {
  for (const ProblemCase& c : kProblemCases) {
    SCOPED_TRACE(std::string(c.format) + "  |  " + std::string(c.line));
    const std::string line = std::string(c.line) + "\n";
    const Parsed parsed = parse_lines(c.format, line + "\n" + line);
    EXPECT_EQ(parsed.counts.lines, 2);
    EXPECT_EQ(parsed.problems(c.problem), 2);
    EXPECT_TRUE(parsed.requests.empty());
  }
  const std::string good = std::string(kCombinedLine) + "\n";
  const Parsed parsed = parse_lines("combined", "bad\n" + good + "\x01\xff\n\r\n\n" + good);
  EXPECT_EQ(parsed.counts.lines, 4);
  EXPECT_EQ(parsed.problems(ParseProblem::no_match), 2);
  EXPECT_EQ(parsed.requests.size(), 2);
}

TEST(Parser, ALineNeverBorrowsFromTheNext) {
  const Parsed parsed = parse_lines("<$status> [$request_time] end",
                                    "<200> [0.1\n] end\n<200> [\n0.100] end\n<20\n0> [1] end\n");
  EXPECT_EQ(parsed.counts.lines, 6);
  EXPECT_TRUE(parsed.requests.empty());
}

TEST(Parser, AbsentPartsDoNotKeepThoseOfFormerLines) {
  const std::string_view format =
      "\"$request\" $status $bytes_sent $request_time $upstream_response_time "
      "$upstream_cache_status $request_id $host $remote_addr $sent_http_content_type";
  std::string lines;
  for (int i = 0; i < 64; ++i) {
    lines +=
        "\"GET /a HTTP/1.1\" 101 7 0.5 0.1, 0.2 HIT id h 1.1.1.1 text/event-stream\n"
        "\"-\" - - - - - - - - -\n";
  }
  const Parsed parsed = parse_lines(format, lines);
  ASSERT_EQ(parsed.requests.size(), 128);
  for (std::size_t i = 1; i < parsed.requests.size(); i += 2) {
    const OwnedRequest& r = parsed.requests[i];
    EXPECT_EQ(r.path + r.cache_status + r.request_id + r.host + r.client, "");
    EXPECT_EQ(r.method, Method::other);
    EXPECT_EQ(r.status, 0);
    EXPECT_EQ(r.bytes, 0);
    EXPECT_EQ(r.total, kNoDuration);
    EXPECT_TRUE(r.attempts.empty());
    EXPECT_FALSE(r.stream);
    EXPECT_EQ(parsed.requests[i - 1].attempts.size(), 2);
  }
}

TEST(Parser, BoundsTheAttemptsOfARequest) {
  std::string times = "0.001";
  for (int i = 0; i < 500; ++i) times += ", 0.001";
  std::string lines;
  for (int i = 0; i < 40; ++i) lines += times + "\n";
  const Parsed parsed = parse_lines("$upstream_response_time", lines);
  ASSERT_EQ(parsed.requests.size(), 40);
  for (const OwnedRequest& r : parsed.requests) {
    EXPECT_EQ(r.attempts.size(), Attempts::kMost);
    EXPECT_EQ(r.attempts.back().duration, Micros{1000});
  }
}

TEST(Parser, EscapeNoneLeavesBackslashesAlone) {
  const OwnedRequest request = parse_line(R"(log_format f escape=none '"$request" $status';)",
                                          R"("GET /a\x22\ HTTP/1.1" 200)");
  EXPECT_EQ(request.path, R"(/a\x22\)");
}

TEST(Parser, UndoesEscapesInLinesOfAnySize) {
  const std::string escaped = [] {
    std::string text;
    for (int i = 0; i < 16'000; ++i) text += "\\x41";
    return text;
  }();
  std::string lines;
  for (int i = 0; i < 10; ++i) lines += "/" + escaped + "\n";
  const Parsed parsed = parse_lines("$request_uri", lines);
  ASSERT_EQ(parsed.requests.size(), 10);
  for (const OwnedRequest& r : parsed.requests) EXPECT_EQ(r.path, "/" + std::string(16'000, 'A'));
}

TEST(Parser, HandsOnRequestsInBatchesAndInOrder) {
  std::string lines;
  for (int i = 0; i < 1'000; ++i) lines += "/" + std::to_string(i) + "\n";
  const Parsed parsed = parse_lines("$request_uri", lines);
  ASSERT_EQ(parsed.requests.size(), 1'000);
  for (std::size_t i = 0; i < 1'000; ++i) {
    EXPECT_EQ(parsed.requests[i].path, "/" + std::to_string(i));
  }
}

TEST(Parser, AnEmptyBlockHasNoLines) {
  const Parsed parsed = parse_lines("combined", "");
  EXPECT_EQ(parsed.counts.lines, 0);
  EXPECT_TRUE(parsed.requests.empty());
}

TEST(Parser, ProblemsHaveNamesOfTheirOwn) {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < kParseProblems; ++i) {
    names.push_back(to_string(static_cast<ParseProblem>(i)));
  }
  EXPECT_THAT(names, ElementsAre("no_match", "bad_json", "bad_status", "bad_bytes", "bad_time",
                                 "bad_duration", "line_too_long"));
}

}  // namespace
}  // namespace wayside
