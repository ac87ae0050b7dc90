// The access lines of gunicorn, uvicorn and morgan.
#include <gmock/gmock.h>

#include "tests/collectors/access_log/format/named_lines.h"

namespace wayside {
namespace {

using testing::HasSubstr;

constexpr LineCase kGunicorn[] = {
    {"gunicorn",
     R"(127.0.0.1 - - [23/Nov/2026:22:31:31 +0000] "GET /items/5?q=1 HTTP/1.1" 200 13 "-" "curl/7.88.1")",
     "GET /items/5?q=1 200 13B @1795473091000000 from=127.0.0.1"},
    {"gunicorn",
     R"([2026-11-23 22:31:31 +0000] [123] [INFO] 127.0.0.1 - - [23/Nov/2026:22:31:31 +0000] "GET / HTTP/1.1" 404 - "-" "x")",
     "GET / 404 0B @1795473091000000 from=127.0.0.1"},
    {"gunicorn", R"( - - [23/Nov/2026:22:31:31 +0000] "GET /a\"b\n HTTP/1.1" 200 1 "-" "\"")",
     "GET /a\"b\\n 200 1B @1795473091000000"},
    {R"(%(h)s "%(r)s" %(s)s %(D)s)", R"(::1 "PUT /x HTTP/1.1" 201 1234567)",
     "PUT /x 201 0B 1234567us from=::1"},
    {R"(access_log_format = '%(s)s %(M)s')", "200 1234", "_OTHER  200 0B 1234000us"},
    {"%(s)s %(L)s", "200 1.002345", "_OTHER  200 0B 1002345us"},
    {"%(s)s %(T)s", "200 3", "_OTHER  200 0B 3000000us"},
    {"%(s)s %(T)s %(M)s %(L)s %(D)s", "200 3 3001 3.001002 3001002", "_OTHER  200 0B 3001002us"},
    {"%(m)s %(U)s?%(q)s %(H)s %(s)s %(B)s %(p)s %%", "GET /a?b=1 HTTP/1.1 200 5 <77> %",
     "GET /a 200 5B"},
    {"%(s)s %({x-request-id}i)s %({content-type}o)s %({wsgi.x}e)s", "200 r-1 text/event-stream - ",
     "_OTHER  200 0B id=r-1 stream"},
    {"%(t)s %(s)s", "[23/Nov/2026:22:31:31 +0000] 200", "_OTHER  200 0B @1795473091000000"},
    {"%(t)s %(s)s", "[2026-11-23 22:31:31 +0000] [7] [INFO] [23/Nov/2026:22:31:31 +0000] 200",
     "_OTHER  200 0B @1795473091000000"},
};

TEST(GunicornFormat, ReadsItsAtoms) {
  expect_lines(kGunicorn);
}

TEST(GunicornFormat, WhatItsLoggerSaysOtherwiseIsNoRequest) {
  const Parsed parsed = parse_named("gunicorn",
                                    "[2026-11-23 22:31:31 +0000] [7] [INFO] Booting worker\n"
                                    "[2026-11-23 22:31:31 +0000] [7] [CRITICAL] WORKER TIMEOUT\n"
                                    "Traceback (most recent call last):\n");
  EXPECT_EQ(parsed.counts.others, 2);
  EXPECT_EQ(parsed.problems(ParseProblem::no_match), 1);
}

constexpr LineCase kUvicorn[] = {
    {"uvicorn", R"(INFO:     127.0.0.1:52102 - "GET /items/5?q=1 HTTP/1.1" 200 OK)",
     "GET /items/5?q=1 200 0B from=127.0.0.1"},
    {"uvicorn", R"(INFO:     ::1:52102 - "POST /items HTTP/1.1" 422 Unprocessable Entity)",
     "POST /items 422 0B from=::1"},
    {"uvicorn", R"(INFO:     [::1]:5 - "GET / HTTP/1.0" 599 )", "GET / 599 0B from=::1"},
    {"uvicorn", R"(INFO:      - "GET / HTTP/1.1" 200 OK)", "GET / 200 0B"},
    {"uvicorn", R"(127.0.0.1:52102 - "GET /worker HTTP/1.1" 200)",
     "GET /worker 200 0B from=127.0.0.1"},
    {"uvicorn",
     "\x1b[32mINFO\x1b[0m:     127.0.0.1:52102 - \"\x1b[1mDELETE /a HTTP/1.1\x1b[0m\" \x1b[32m204 "
     "No Content\x1b[0m",
     "DELETE /a 204 0B from=127.0.0.1"},
};

TEST(UvicornFormat, ReadsItsAccessLines) {
  expect_lines(kUvicorn);
}

TEST(UvicornFormat, WhatElseItSaysIsNoRequest) {
  const Parsed parsed = parse_named("uvicorn",
                                    "INFO:     Started server process [123]\n"
                                    "WARNING:  Invalid HTTP request received.\n"
                                    "\x1b[31mERROR\x1b[0m:    Exception in ASGI application\n"
                                    "Traceback (most recent call last):\n"
                                    "INFO:     1.2.3.4:5 - \"GET / HTTP/1.1\" 200 OK\n");
  EXPECT_EQ(parsed.requests.size(), 1);
  EXPECT_EQ(parsed.counts.others, 3);
  EXPECT_EQ(parsed.problems(ParseProblem::no_match), 1);
}

constexpr LineCase kMorgan[] = {
    {"morgan:combined",
     R"(::1 - - [23/Nov/2026:22:31:31 +0000] "GET /a\b HTTP/1.1" 200 5 "-" "curl "quoted"")",
     "GET /a\\b 200 5B @1795473091000000 from=::1"},
    {"morgan:common",
     R"(::ffff:127.0.0.1 - anna [23/Nov/2026:22:31:31 +0000] "POST /a HTTP/1.1" 201 -)",
     "POST /a 201 0B @1795473091000000 from=::ffff:127.0.0.1"},
    {"morgan:default", R"(::1 - - [Mon, 23 Nov 2026 22:31:31 GMT] "GET / HTTP/1.1" 304 - "-" "x")",
     "GET / 304 0B @1795473091000000 from=::1"},
    {"morgan:dev", "GET /a?b 200 3.210 ms - 12", "GET /a?b 200 12B 3210us"},
    {"morgan:dev", "\x1b[0mGET /a \x1b[32m200\x1b[0m 1003.210 ms - 12\x1b[0m",
     "GET /a 200 12B 1003210us"},
    {"morgan:dev", "\x1b[0mGET /gone \x1b[0m-\x1b[0m - ms - -\x1b[0m", "GET /gone 0 0B"},
    {"morgan:short", "::1 - GET /a HTTP/1.1 200 12 - 0.345 ms", "GET /a 200 12B 345us from=::1"},
    {"morgan:tiny", "PATCH /a 200 - - 0.345 ms", "PATCH /a 200 0B 345us"},
    {":method :url :status :response-time ms", "GET /a 200 12.345 ms", "GET /a 200 0B 12345us"},
    {":method :url :status :response-time[0] ms :total-time[3]", "GET /a 200 12 ms 13.5",
     "GET /a 200 0B 13500us"},
    {":date[iso] :method :url :status", "2026-11-23T22:31:31.123Z GET /a 200",
     "GET /a 200 0B @1795473091123000"},
    {":date[web] :method :url :status", "Mon, 23 Nov 2026 22:31:31 GMT GET /a 200",
     "GET /a 200 0B @1795473091000000"},
    {"[:date[clf]] :method :url :status :id :pid :http-version",
     "[23/Nov/2026:22:31:31 +0000] GET /a 200 r-1 7 1.1", "GET /a 200 0B @1795473091000000 id=r-1"},
    {R"({"m":":method","u":":url","s"::status,"t"::response-time})",
     R"({"m":"GET","u":"/a","s":200,"t":1.5})", "GET /a 200 0B 1500us"},
    {"\":method :url\" :status at : :res[x-cache] :req[host]", "\"GET /a\" 200 at : HIT h",
     "GET /a 200 0B host=h"},
};

TEST(MorganFormat, ReadsItsFormatsAndTokens) {
  expect_lines(kMorgan);
}

TEST(MorganFormat, TellsWhoAndTheClientsProgram) {
  constexpr LineCase kWho[] = {
      {":method :url :status :req[X-Tenant] \":user-agent\"", "GET /a 200 blue \"curl/8\"",
       "GET /a 200 0B who=blue agent=curl/8"},
  };
  for (const char* const name : {"req[x-tenant]", ":req[x-tenant]", "http_x_tenant"}) {
    FormatOptions options;
    options.who = name;
    options.user_agent = true;
    expect_lines(kWho, options);
  }
}

constexpr UnreadCase kUnread[] = {
    {"morgan:dev", "Server listening on port 3000", ParseProblem::bad_status},
    {"morgan:dev", "GET /a 200 -3.210 ms - 12", ParseProblem::bad_duration},
    {"morgan:dev", "GET /a 200 NaN ms - 12", ParseProblem::bad_duration},
    {"morgan:dev", "GET /a 2000 3.2 ms - 12", ParseProblem::bad_status},
    {"morgan:dev", "GET /a 200 3.2 ms - 12x", ParseProblem::bad_bytes},
    {"morgan:dev", "\x1b[0", ParseProblem::no_match},
    {"uvicorn", R"(1.2.3.4:5 - "GET / HTTP/1.1" 2000)", ParseProblem::bad_status},
    {"uvicorn", R"(1.2.3.4:5 - "GET / HTTP/1.1" 200 5)", ParseProblem::bad_status},
    {"uvicorn", R"(1.2.3.4:5 - "GET / HTTP/1.1" )", ParseProblem::bad_status},
    {"gunicorn", R"(h - - [x] "GET / HTTP/1.1" 200 5 "-" "x")", ParseProblem::bad_time},
    {"%(s)s %(D)s", "200 1.5", ParseProblem::bad_duration},
};

TEST(ServiceFormats, CountWhatTheyCannotRead) {
  expect_unread(kUnread);
}

TEST(ServiceFormats, SayWhereAFormatGoesWrong) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"%(h)s %(s", "character 7: a '%' begins %(atom)s"},
      {"%(h)s %d", "character 7: a '%' begins %(atom)s"},
      {"%(s)s%(D)s", "stand side by side"},
      {"%(l)s", "no variable that tells of a request"},
      {":method:url", "stand side by side"},
      {":method\n:url", "a line break"},
      {"access_log_format = '%(s)s", "never closed"},
  };
  for (const auto& [format, why] : cases) {
    const auto compiled = named_format(format, {});
    ASSERT_FALSE(compiled.ok()) << format;
    EXPECT_THAT(compiled.error().message, HasSubstr(std::string(why))) << format;
  }
}

TEST(ServiceFormats, AreBoundedInSize) {
  EXPECT_FALSE(named_format(":status " + std::string(20'000, 'x'), {}).ok());
  EXPECT_FALSE(named_format("%(s)s " + std::string(20'000, 'x'), {}).ok());
  EXPECT_FALSE(named_format("%ST " + std::string(20'000, 'x'), {}).ok());
  EXPECT_FALSE(named_format("%>s " + std::string(20'000, 'x'), {}).ok());
}

}  // namespace
}  // namespace wayside
