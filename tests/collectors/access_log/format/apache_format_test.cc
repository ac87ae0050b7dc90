#include "collectors/access_log/format/apache_format.h"

#include <gmock/gmock.h>

#include "tests/collectors/access_log/format/named_lines.h"

namespace wayside {
namespace {

using testing::HasSubstr;

constexpr std::string_view kUsual =
    R"x(LogFormat "%h %l %u %t \"%r\" %>s %O \"%{Referer}i\" \"%{User-Agent}i\" %D" timed)x";

constexpr LineCase kLines[] = {
    // Apache 2.4's time is that of the arrival.
    {kUsual,
     R"(203.0.113.7 - - [23/Nov/2026:22:31:31 +0000] "GET /a?b=1 HTTP/1.1" 200 512 "-" "curl/7" 1500000)",
     "GET /a?b=1 200 512B 1500000us @1795473092500000 from=203.0.113.7"},
    {kUsual,
     R"(::1 - anna [23/Nov/2026:23:31:31 +0100] "POST /a\"b\\c\x0a HTTP/1.1" 404 - "-" "a\"b" 7)",
     "POST /a\"b\\c\n 404 0B 7us @1795473091000007 from=::1"},
    {"vhost_combined",
     R"(shop.example:443 203.0.113.7 - - [23/Nov/2026:22:31:31 +0000] "GET / HTTP/2.0" 200 5 "-" "x")",
     "GET / 200 5B @1795473091000000 from=203.0.113.7 host=shop.example"},
    {"vhost_common",
     R"(shop.example 203.0.113.7 - - [23/Nov/2026:22:31:31 +0000] "GET / HTTP/1.1" 304 -)",
     "GET / 304 0B @1795473091000000 from=203.0.113.7 host=shop.example"},
    {"%h %T %>s \"%r\"", "10.0.0.1 2 200 \"GET /x HTTP/1.1\"",
     "GET /x 200 0B 2000000us from=10.0.0.1"},
    {"%T/%D %>s", "2/2345678 200", "_OTHER  200 0B 2345678us"},
    {"%{ms}T %s", "2345 200", "_OTHER  200 0B 2345000us"},
    {"%{us}T %s", "2345 200", "_OTHER  200 0B 2345us"},
    {"%{s}T %s", "3 200", "_OTHER  200 0B 3000000us"},
    {"%<s %s %>s", "500 501 502", "_OTHER  502 0B"},
    {"%!200,304D %>s", "- 200", "_OTHER  200 0B"},
    {"%400,501{User-agent}i|%>s", "-|200", "_OTHER  200 0B"},
    {"%m %U%q %H %b %>s", "GET /a?b=c HTTP/1.1 12 200", "GET /a?b=c 200 12B"},
    {"%m %U %q %>s", "PUT /a  200", "PUT /a 200 0B"},
    {"%V%U \"%r\" %B %O %I", "a.example/x \"GET /y HTTP/1.1\" 5 105 300",
     "GET /y 0 105B host=a.example"},
    {"%{Host}i %v %>s", "b.example a.example 200", "_OTHER  200 0B host=b.example"},
    {"%{c}a %a %h %A %>s", "10.0.0.1 203.0.113.7 proxy 10.0.0.9 200",
     "_OTHER  200 0B from=203.0.113.7"},
    {"%{sec}t %>s", "1795473091 200", "_OTHER  200 0B @1795473091000000"},
    {"%{msec}t %>s", "1795473091123 200", "_OTHER  200 0B @1795473091123000"},
    {"%{usec}t %>s", "1795473091123456 200", "_OTHER  200 0B @1795473091123456"},
    {"%{sec}t.%{usec_frac}t %>s", "1795473091.123456 200", "_OTHER  200 0B @1795473091123456"},
    {"[%{%d/%b/%Y:%T}t.%{msec_frac}t %{%z}t] %>s", "[23/Nov/2026:22:31:31.123 +0000] 200",
     "_OTHER  200 0B @1795473091123000"},
    {"%{%Y-%m-%dT%H:%M:%S%z}t %>s %D", "2026-11-23T22:31:31+0000 200 1000",
     "_OTHER  200 0B 1000us @1795473091001000"},
    {"%{end:%FT%T%z}t %>s %D", "2026-11-23T22:31:31+0000 200 1000",
     "_OTHER  200 0B 1000us @1795473091000000"},
    {"%t %{begin:msec_frac}t %>s", "[23/Nov/2026:22:31:31 +0000] 999 200",
     "_OTHER  200 0B @1795473091000000"},
    {"%>s %{X-Request-Id}i %{traceparent}i",
     "200 abc-1 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
     "_OTHER  200 0B id=abc-1 trace=4bf92f3577b34da6a3ce929d0e0e4736"},
    {"%>s %{UNIQUE_ID}e %L", "200 ZxY1 -", "_OTHER  200 0B id=ZxY1"},
    {"%h \"%{X-Forwarded-For}i\" %>s", "10.0.0.1 \"198.51.100.1, 10.0.0.2\" 200",
     "_OTHER  200 0B from=198.51.100.1"},
    {"%{Content-Type}o|%>s", "text/event-stream|200", "_OTHER  200 0B stream"},
    {"%>s %p %{local}p %P %{tid}P %X %k %R %f %{note}n %{sid}C %{X-A}o %^FB %{X-T}^ti %%",
     "200 80 80 9 12 + 0 - /srv/a - s1 - 12 - %", "_OTHER  200 0B"},
    {"%>s %{SSL_PROTOCOL}x %{VARNAME}^to end", "200 TLSv1.3 - end", "_OTHER  200 0B"},
    {"%>s\\t%D", "200\t5", "_OTHER  200 0B 5us"},
    {"'%h %>s'", "10.0.0.1 200", "_OTHER  200 0B from=10.0.0.1"},
    {"\"%r\" %>s", "\"GET / HTTP/1.1\" 200", "GET / 200 0B"},
    {"logformat \"%>s %D\"", "200 5", "_OTHER  200 0B 5us"},
    {"\"%h %>s %D\" timed", "h 200 5", "_OTHER  200 0B 5us from=h"},
};

TEST(ApacheFormat, ReadsEveryDirective) {
  expect_lines(kLines);
}

TEST(ApacheFormat, TellsWhoAndTheClientsProgram) {
  constexpr LineCase kWho[] = {
      {"%h %>s \"%{X-Tenant}i\" \"%{User-Agent}i\"", R"(h 200 "blue \"one\"" "curl/8")",
       "_OTHER  200 0B from=h who=blue \"one\" agent=curl/8"},
      {"%h %>s %{X-Tenant}i", "h 200 -", "_OTHER  200 0B from=h"},
  };
  for (const char* const name : {"http_x_tenant", "{X-Tenant}i", "%{X-Tenant}i"}) {
    FormatOptions options;
    options.who = name;
    options.user_agent = true;
    expect_lines(kWho, options);
  }
  FormatOptions user;
  user.who = "u";
  constexpr LineCase kUser[] = {{"%h %u %>s", "h anna 200", "_OTHER  200 0B from=h who=anna"}};
  user.who = "remote_user";
  expect_lines(kUser, user);
  constexpr LineCase kClient[] = {{"%a %>s", "h 200", "_OTHER  200 0B from=h who=h"}};
  user.who = "remote_addr";
  expect_lines(kClient, user);
}

TEST(ApacheFormat, RefusesAWhoThatTheFormatDoesNotTell) {
  FormatOptions options;
  options.who = "http_x_tenant";
  const auto none = named_format("%h %>s", options);
  ASSERT_FALSE(none.ok());
  EXPECT_THAT(none.error().message, HasSubstr("no http_x_tenant"));
  options.who = "status";
  const auto wrong = named_format("%h %>s", options);
  ASSERT_FALSE(wrong.ok());
  EXPECT_THAT(wrong.error().message, HasSubstr("not of who sent it"));
}

constexpr UnreadCase kUnread[] = {
    {kUsual, "rubbish", ParseProblem::no_match},
    {kUsual, R"(h - - [x] "GET / HTTP/1.1" 200 5 "-" "-" 5)", ParseProblem::bad_time},
    {"%>s %D", "200 -5", ParseProblem::bad_duration},
    {"%>s %D", "200 NaN", ParseProblem::bad_duration},
    {"%>s %D", "200 1.5", ParseProblem::bad_duration},
    {"%>s %D", "200 99999999999999999", ParseProblem::bad_duration},
    {"%>s %{ms}T", "200 999999999999", ParseProblem::bad_duration},
    {"%>s %{usec}t", "200 999999999999999999", ParseProblem::bad_time},
    {"%{%F %T%z}t %>s", "2026-13-23 22:31:31+0000 200", ParseProblem::bad_time},
    {"%{%F %T%z}t %>s", "2026-11-23 22:31:31+0000x 200", ParseProblem::bad_time},
};

TEST(ApacheFormat, CountsWhatItCannotRead) {
  expect_unread(kUnread);
}

TEST(ApacheFormat, SaysWhereAFormatGoesWrong) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"%h %", "character 4: a directive's letter"},
      {"%h %{Referer", "character 4: this '{' is never closed"},
      {"%h %{Referer}", "character 4: a directive's letter"},
      {"%h %>s%D", "character 7: %>s and %D stand side by side"},
      {"%l %f", "no variable that tells of a request"},
      {"%h\n%>s", "character 3: a line break"},
      {"LogFormat \"%h", "never closed"},
  };
  for (const auto& [format, why] : cases) {
    const auto compiled = named_format(format, {});
    ASSERT_FALSE(compiled.ok()) << format;
    EXPECT_THAT(compiled.error().message, HasSubstr(std::string(why))) << format;
  }
}

TEST(ApacheFormat, SaysWhatItIsAndWhatItLacks) {
  const auto format = named_format("%h %>s", {});
  EXPECT_EQ((*format)->shown(), "the LogFormat '%h %>s'");
  EXPECT_FALSE((*format)->has_duration());
  EXPECT_THAT((*format)->duration_advice(), HasSubstr("%D"));
  EXPECT_TRUE((*named_format(kUsual, {}))->has_duration());
  EXPECT_EQ((*named_format("vhost_combined", {}))->shown(), "vhost_combined");
}

}  // namespace
}  // namespace wayside
