#include "collectors/access_log/format/haproxy_format.h"

#include <gmock/gmock.h>

#include "tests/collectors/access_log/format/named_lines.h"

namespace wayside {
namespace {

// Lines of HAProxy 2.6 and of its configuration manual.
constexpr LineCase kLines[] = {
    {"haproxy",
     R"(127.0.0.1:36116 [23/Nov/2026:22:31:31.917] fe be/s1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 "GET /ok/1?a=b%20c HTTP/1.1")",
     "GET /ok/1?a=b%20c 200 2750B 109000us @1795473092026000 from=127.0.0.1 [s1 200 99000us]"},
    {"haproxy",
     R"(Nov 23 22:31:31 lb haproxy[14389]: 10.0.1.2:33317 [23/Nov/2026:22:31:31.655] http-in~ static/srv1 10/0/30/69/+109 200 +2750 - - ---- 1/1/1/1/0 0/0 {1wt.eu} {} "GET /index.html HTTP/1.1")",
     "GET /index.html 200 2750B 109000us @1795473091764000 from=10.0.1.2 [srv1 200 99000us]"},
    {"haproxy",
     R"(<134>Nov 23 22:31:31 haproxy[1]: ::1:37886 [23/Nov/2026:22:31:31.710] fe be/s1 0/0/0/0/0 200 76 sid=a - --VN 4/1/0/0/0 0/0 {[::1]:18481|curl 7} {text/plain} "GET /ok/6 HTTP/1.1")",
     "GET /ok/6 200 76B 0us @1795473091710000 from=::1 [s1 200 0us]"},
    {"haproxy",
     R"(127.0.0.1:56914 [23/Nov/2026:22:31:31.576] nosrv nosrv/<NOSRV> 0/-1/-1/-1/0 503 217 - - SC-- 3/1/0/0/0 0/0 "GET /ok/1 HTTP/1.1")",
     "GET /ok/1 503 217B 0us @1795473091576000 from=127.0.0.1"},
    {"haproxy",
     R"(127.0.0.1:1 [23/Nov/2026:22:31:31.000] fe be/s1 0/0/1/-1/5000 504 217 - - sH-- 3/1/0/0/+2 0/0 "GET /slow HTTP/1.1")",
     "GET /slow 504 217B 5000000us @1795473096000000 from=127.0.0.1 [s1 0]"},
    {"haproxy",
     R"(127.0.0.1:1 [23/Nov/2026:22:31:31.000] fe fe/<NOSRV> -1/-1/-1/-1/0 400 0 - - PR-- 2/2/0/0/0 0/0 "<BADREQ>")",
     "_OTHER  400 0B 0us @1795473091000000 from=127.0.0.1"},
    {"haproxy",
     R"(127.0.0.1:1 [23/Nov/2026:22:31:31.000] fe be/s1 0/0/0/-1/12 -1 0 - - CH-- 2/2/0/0/0 0/0 "GET /gone HTTP/1.1")",
     "GET /gone 0 0B 12000us @1795473091012000 from=127.0.0.1 [s1 0]"},
    {"haproxy",
     R"(127.0.0.1:2 [23/Nov/2026:22:31:31.000] fe be/s1 0/0/0/0/0 404 56 - - ---- 3/1/0/0/0 0/0 {|Moz#22illa#7C#7Bx#7D} {} "GET /no#22#zz# HTTP/1.1")",
     "GET /no\"#zz# 404 56B 0us @1795473091000000 from=127.0.0.1 [s1 404 0us]"},
    {"haproxy",
     R"(unix:1 [23/Nov/2026:22:31:31.000] fe be/s1 0/0/0/0/0 101 56 - - ---- 3/1/0/0/0 0/0 "GET /ws HTTP/1.1")",
     "GET /ws 101 56B 0us @1795473091000000 from=unix stream [s1 101 0us]"},
    {"haproxy_clf",
     R"(127.0.0.1 - - [23/Nov/2026:22:31:31 +0000] "GET /ok/1?a=b%20c HTTP/1.1" 200 76 "" "" 39976 102 "clf" "be" "s1" 1 2 3 4 10 ---- 4 1 0 0 0 0 0 "" "" "127.0.0.1:18482" "text/plain")",
     "GET /ok/1?a=b%20c 200 76B 10000us @1795473091010000 from=127.0.0.1 [s1 200 7000us]"},
    {"haproxy_clf",
     R"(127.0.0.1 - - [23/Nov/2026:22:31:31 +0000] "GET /b HTTP/1.1" 503 76 "" "" 39976 102 "clf" "be" "<NOSRV>" 1 -1 -1 -1 1 SC-- 4 1 0 0 0 0 0 "" "")",
     "GET /b 503 76B 1000us @1795473091001000 from=127.0.0.1"},
    {R"(log-format "%ci:%cp [%T] %s %ST %B %Tc %Tr %Ta %HM %HP%HQ %ID %[capture.req.hdr(0)]")",
     "10.0.0.1:5 [23/Nov/2026:22:31:31 +0000] s1 200 5 1 2 4 GET /a?b 7F:1 x",
     "GET /a?b 200 5B 4000us @1795473091004000 from=10.0.0.1 id=7F:1 [s1 200 3000us]"},
    {R"(%{+Q}r\ %ST\ %Tt\ %sq\ %hr)", R"("GET / HTTP/1.1" 200 7 0)", "GET / 200 0B 7000us"},
};

TEST(HaproxyFormat, ReadsItsLinesWithAndWithoutHeadersCapturesAndServers) {
  const InZone zone("UTC");
  expect_lines(kLines);
}

TEST(HaproxyFormat, TimesWithoutAnOffsetAreInTheMachinesZone) {
  const InZone zone("CET-1CEST,M3.5.0,M10.5.0/3");
  constexpr LineCase kSeasons[] = {
      {"%ci:%cp [%tr] %ST", "h:1 [23/Nov/2026:23:31:31.001] 200",
       "_OTHER  200 0B @1795473091001000 from=h"},
      {"%ci:%cp [%tr] %ST", "h:1 [23/Jul/2026:00:31:31.001] 200",
       "_OTHER  200 0B @1784759491001000 from=h"},
  };
  expect_lines(kSeasons);
}

constexpr UnreadCase kUnread[] = {
    {"haproxy", "rubbish", ParseProblem::no_match},
    {"haproxy", "", ParseProblem::no_match},
    {"haproxy", R"(h:1 [23/Nov/2026:22:31:31] fe be/s1 0/0/0/0/0 200 5 - - ---- 1/1/1/1/0 0/0 "x")",
     ParseProblem::bad_time},
    {"haproxy",
     R"(h:1 [23/Nov/2026:22:31:31.000] fe be/s1 0/0/0/0/-2 200 5 - - ---- 1/1/1/1/0 0/0 "x")",
     ParseProblem::bad_duration},
    {"haproxy",
     R"(h:1 [23/Nov/2026:22:31:31.000] fe be/s1 0/0/x/0/0 200 5 - - ---- 1/1/1/1/0 0/0 "x")",
     ParseProblem::bad_duration},
    {"haproxy",
     R"(h:1 [23/Nov/2026:22:31:31.000] fe be/s1 0/0/0/0/0 20 5 - - ---- 1/1/1/1/0 0/0 "x")",
     ParseProblem::bad_status},
    {"haproxy", R"(h:1 [23/Nov/2026:22:31:31.000] fe be/s1 0/0/0/0/0 200 5 - - ---- 1/1/1/1/0)",
     ParseProblem::no_match},
};

TEST(HaproxyFormat, CountsWhatItCannotRead) {
  for (const UnreadCase& c : kUnread) {
    if (c.line.empty()) continue;
    const UnreadCase one[] = {c};
    expect_unread(one);
  }
}

TEST(HaproxyFormat, WhatItSaysOfServersIsNoRequest) {
  const Parsed parsed =
      parse_named("haproxy",
                  "Nov 23 22:31:31 lb haproxy[7]: Proxy fe started.\n"
                  "haproxy[7]: Server be/s1 is DOWN, reason: Layer4 connection problem\n"
                  "[WARNING]  (7) : Server be/s1 is UP\n"
                  "backend be has no server available!\n"
                  "something else\n");
  EXPECT_EQ(parsed.counts.lines, 5);
  EXPECT_EQ(parsed.counts.others, 4);
  EXPECT_EQ(parsed.problems(ParseProblem::no_match), 1);
}

TEST(HaproxyFormat, SaysWhereAFormatGoesWrong) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"%ci %ST %", "character 9: a variable's name"},
      {"%ci %ST %{+Q", "character 9: this '{' is never closed"},
      {"%ci %ST %[src", "character 9: this '[' is never closed"},
      {"%ST%Ta", "stand side by side"},
      {"%[src]", "no variable that tells of a request"},
  };
  for (const auto& [format, why] : cases) {
    const auto compiled = named_format(format, {});
    ASSERT_FALSE(compiled.ok()) << format;
    EXPECT_THAT(compiled.error().message, testing::HasSubstr(std::string(why))) << format;
  }
}

}  // namespace
}  // namespace wayside
