// The formats of other programs, told from a file's first lines.
#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "tests/collectors/access_log/format/named_lines.h"

namespace wayside {
namespace {

using testing::HasSubstr;

std::string join(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

struct ToldCase {
  std::vector<std::string> lines;
  std::string shown;
};

const ToldCase kTold[] = {
    {{R"(127.0.0.1:5 [23/Nov/2026:22:31:31.917] fe be/s1 0/0/0/0/0 200 76 - - ---- 1/1/1/1/0 0/0 "GET / HTTP/1.1")"},
     "haproxy"},
    {{"Nov 23 22:31:31 lb haproxy[7]: Proxy fe started.",
      R"(Nov 23 22:31:31 lb haproxy[7]: 10.0.1.2:3 [23/Nov/2026:22:31:31.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {1wt.eu} {} "GET /index.html HTTP/1.1")"},
     "haproxy"},
    {{R"(127.0.0.1 - - [23/Nov/2026:22:31:31 +0000] "GET / HTTP/1.1" 200 76 "" "" 39976 102 "clf" "be" "s1" 0 0 0 0 0 ---- 4 1 0 0 0 0 0 "" "")"},
     "haproxy_clf"},
    {{"INFO:     Started server process [123]", "INFO:     Waiting for application startup.",
      R"(INFO:     127.0.0.1:52102 - "GET /items/5 HTTP/1.1" 200 OK)"},
     "uvicorn"},
    {{"\x1b[32mINFO\x1b[0m:     1.2.3.4:5 - \"\x1b[1mGET / HTTP/1.1\x1b[0m\" \x1b[31m404 Not "
      "Found\x1b[0m"},
     "uvicorn"},
    {{"[2026-11-23 22:31:31 +0000] [7] [INFO] Starting gunicorn 20.1.0",
      R"([2026-11-23 22:31:31 +0000] [8] [INFO] 127.0.0.1 - - [23/Nov/2026:22:31:31 +0000] "GET / HTTP/1.1" 200 13 "-" "x")"},
     "gunicorn"},
    {{"[2026-11-23 22:31:31 +0000] [7] [INFO] Starting gunicorn 20.1.0",
      "[2026-11-23 22:31:31 +0000] [7] [INFO] Listening at: http://0.0.0.0:8000 (7)",
      "[2026-11-23 22:31:31 +0000] [8] [INFO] Booting worker with pid: 8",
      R"(127.0.0.1 - - [23/Nov/2026:22:31:31 +0000] "GET / HTTP/1.1" 200 13 "-" "x")"},
     "gunicorn"},
    {{"[2026-11-23 22:31:31 +0000] [7] [INFO] Starting gunicorn 20.1.0",
      "[2026-11-23 22:31:31 +0000] [8] [INFO] Started server process [8]",
      "[2026-11-23 22:31:31 +0000] [8] [INFO] Application startup complete.",
      R"(127.0.0.1:52102 - "GET /items/5 HTTP/1.1" 200)"},
     "uvicorn"},
    {{R"(INFO:     127.0.0.1:52102 - "GET /items/5 HTTP/1.1" 422 Unprocessable Entity)",
      "ERROR:    Exception in ASGI application", "Traceback (most recent call last):",
      "  File \"x.py\", line 3, in y", "    raise ValueError(x)", "ValueError: x"},
     "uvicorn"},
    {{R"(127.0.0.1 - - [23/Nov/2026:22:31:31 +0000] "GET / HTTP/1.1" 200 13 "-" "x")"}, "combined"},
    {{R"(127.0.0.1 - - [23/Nov/2026:22:31:31 +0000] "GET / HTTP/1.1" 200 13)"}, "common"},
    {{"> app@1.0.0 start", "Server listening on port 3000", "GET /a 200 3.210 ms - 12",
      "GET /b 304 0.210 ms - -", "POST /c 201 3.210 ms - 12"},
     "morgan:dev"},
    {{"\x1b[0mGET /a \x1b[32m200\x1b[0m 3.210 ms - 12\x1b[0m"}, "morgan:dev"},
    {{"GET /a 200 12 - 3.210 ms"}, "morgan:tiny"},
    {{"::1 - GET /a HTTP/1.1 200 12 - 3.210 ms"}, "morgan:short"},
    {{R"(::1 - - [Mon, 23 Nov 2026 22:31:31 GMT] "GET / HTTP/1.1" 304 - "-" "x")"},
     "morgan:default"},
    {{R"(a.example:443 ::1 - - [23/Nov/2026:22:31:31 +0000] "GET / HTTP/1.1" 200 5 "-" "x")",
      R"(b.example:443 ::1 - - [23/Nov/2026:22:31:31 +0000] "GET / HTTP/1.1" 200 5 "-" "x")"},
     R"(the log_format '$host $remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"')"},
    {{R"(1.2.3.4 - - [23/Nov/2026:22:31:31 +0000] "GET / HTTP/1.1" 200 5 "-" "x" 0.012)",
      R"(1.2.3.4 - - [23/Nov/2026:22:31:31 +0000] "GET / HTTP/1.1" 200 5 "-" "x" 0.500)"},
     R"(the log_format '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $request_time')"},
    {{R"(::1 - - [23/Nov/2026:22:31:31 +0000] "GET / HTTP/1.1" 200 5 "-" "x" - 12.345 ms)"},
     R"(the log_format '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $upstream_column_10 $request_time_ms ms')"},
    {{R"(::1 - - [23/Nov/2026:22:31:31 +0000] "GET / HTTP/1.1" 200 5 "-" "x" 7 "web@docker" "http://10.0.0.1:80" 12ms)"},
     R"(the log_format '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $column_10 "$column_11" "$column_12" ${request_time_ms}ms')"},
};

TEST(TellFormat, AUnitBehindADurationIsItsUnit) {
  for (const std::string_view tail : {"12.345 ms", "12.345ms", "rt=12.345ms", "- 12.345 ms"}) {
    const std::string line =
        R"(::1 - - [23/Nov/2026:22:31:31 +0000] "GET / HTTP/1.1" 200 5 "-" "x" )" +
        std::string(tail) + "\n";
    const auto format = tell_format(line, {});
    ASSERT_TRUE(format.ok()) << tail;
    EXPECT_EQ(parse_by(*(*format)->parser(), line).requests.at(0).total, Micros{12'345}) << tail;
  }
}

TEST(TellFormat, TellsEachFromItsFirstLines) {
  for (const ToldCase& c : kTold) {
    const auto format = tell_format(join(c.lines), {});
    ASSERT_TRUE(format.ok()) << c.lines[0] << ": " << format.error().message;
    EXPECT_EQ((*format)->shown(), c.shown);
  }
}

TEST(TellFormat, WhatItTellsIsWhatAConfigCouldHave) {
  for (const ToldCase& c : kTold) {
    const auto told = tell_format(join(c.lines), {});
    const auto given = named_format((*told)->text(), {});
    ASSERT_TRUE(given.ok()) << (*told)->text();
    EXPECT_EQ((*given)->shown(), c.shown);
    const Parsed parsed = parse_by(*(*given)->parser(), join(c.lines));
    EXPECT_GE(parsed.requests.size(), 1) << c.lines[0];
  }
}

TEST(TellFormat, SaysNothingOfLinesThatAreNoRequests) {
  for (const std::string_view text :
       {"", "\n", "INFO:     Started server process [123]\n", "Server listening on port 3000\n",
        "[2026-11-23 22:31:31 +0000] [7] [INFO] Starting gunicorn 20.1.0\n",
        "haproxy[7]: Proxy fe started.\n", "\x1b[32m\x1b[0m\n", "GET / 200 1 ms\n"}) {
    EXPECT_FALSE(tell_format(text, {}).ok()) << text;
  }
}

TEST(TellFormat, OptionsReachTheFormatThatWasTold) {
  FormatOptions options;
  options.user_agent = true;
  options.who = "remote_user";
  const std::string line =
      R"(1.2.3.4 - anna [23/Nov/2026:22:31:31 +0000] "GET / HTTP/1.1" 200 5 "-" "curl/8")"
      "\n";
  const auto format = tell_format(line, options);
  ASSERT_TRUE(format.ok());
  const Parsed parsed = parse_by(*(*format)->parser(), line);
  ASSERT_EQ(parsed.requests.size(), 1);
  EXPECT_EQ(parsed.requests[0].who, "anna");
  EXPECT_EQ(parsed.requests[0].user_agent, "curl/8");
}

TEST(NamedFormat, TheUserAgentIsReadWhereItIsAskedForAlone) {
  constexpr std::string_view kLine =
      R"(1.2.3.4 - - [23/Nov/2026:22:31:31 +0000] "GET / HTTP/1.1" 200 5 "-" "a\x22b")"
      "\n";
  FormatOptions options;
  for (const char* const name : {"combined", "gunicorn", "morgan:combined"}) {
    options.user_agent = false;
    EXPECT_EQ(parse_named(name, kLine, options).requests.at(0).user_agent, "");
    options.user_agent = true;
    EXPECT_THAT(parse_named(name, kLine, options).requests.at(0).user_agent, HasSubstr("a"));
  }
}

TEST(NamedFormat, AMisspeltNameIsToldWithTheNearest) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"combind", "did you mean \"combined\"?"},
      {"Haproxy", "did you mean \"haproxy\"?"},
      {"morgan:developer", "there are auto, json, common, combined, haproxy"},
      {"", "no format is called \"\""},
      {"iis", "no format is called \"iis\"; there are"},
  };
  for (const auto& [name, why] : cases) {
    const auto format = named_format(name, {});
    ASSERT_FALSE(format.ok()) << name;
    EXPECT_THAT(format.error().message, HasSubstr(std::string(why)));
  }
}

TEST(NamedFormat, NginxTellsWhoByAnyVariable) {
  FormatOptions options;
  options.who = "http_x_tenant";
  EXPECT_EQ(parse_named("$status $http_x_tenant", "200 blue\n", options).requests.at(0).who,
            "blue");
  options.who = "$host";
  const Parsed parsed = parse_named("$status $host", "200 a.example\n", options);
  EXPECT_EQ(parsed.requests.at(0).who, "a.example");
  EXPECT_EQ(parsed.requests.at(0).host, "a.example");
  EXPECT_FALSE(named_format("combined", options).ok());
}

}  // namespace
}  // namespace wayside
