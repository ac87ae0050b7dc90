#include "collectors/access_log/format/detect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace wayside {
namespace {

using testing::HasSubstr;

// "\n" after each line.
std::string join(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

constexpr std::string_view kCommon =
    R"($remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent)";
constexpr std::string_view kHead =
    R"x(203.0.113.7 - - [23/Nov/2026:22:31:31 +0000] "GET /api/students/123 HTTP/1.1" 200 51 )x"
    R"x("-" "Mozilla/5.0 (X11; Linux x86_64)")x";
constexpr std::string_view kOther =
    R"x(2001:db8::1 - anna [23/Nov/2026:22:31:32 +0000] "POST /login HTTP/1.1" 302 0 )x"
    R"x("https://example.com/" "curl/8.1")x";
constexpr std::string_view kNamedHead =
    R"($remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent )"
    R"("$http_referer" "$http_user_agent")";

struct TailCase {
  std::string_view first, second;  // behind the columns of combined
  std::string_view format;
};

constexpr TailCase kTailCases[] = {
    {"", "", ""},
    {" 0.012", " 0.000", " $request_time"},
    {" 0.012 0.010", " 0.500 0.400", " $request_time $upstream_response_time"},
    {" 0.012 -", " 0.500 0.400, 0.099", " $request_time $upstream_response_time"},
    {" 0.010 0.012", " 0.400 0.500", " $upstream_response_time $request_time"},
    {" - 0.012", " 0.400 0.500", " $upstream_response_time $request_time"},
    {" 0.012 0.012", " 0.500 0.500", " $request_time $upstream_response_time"},
    {" 0.012 -", " 0.500 -", " $request_time $upstream_column_11"},
    {" -", " 0.500", " $upstream_response_time"},
    {" \"0.012\" \"0.010\"", " \"0.500\" \"-\"", " \"$request_time\" \"$upstream_response_time\""},
    {" 0.500 0.001 0.300 0.400", " 0.600 0.000 0.200 0.550",
     " $request_time $upstream_column_11 $upstream_column_12 $upstream_response_time"},
    {" 0.500 0.001 0.400 0.400", " 0.600 0.000 0.550 0.550",
     " $request_time $upstream_column_11 $upstream_column_12 $upstream_column_13"},
    {" rt=0.012 uct=\"0.000\" uht=\"0.011\" urt=\"0.011\"",
     " rt=0.500 uct=\"-\" uht=\"-\" urt=\"0.002, 0.016\"",
     " rt=$request_time uct=\"$upstream_connect_time\" uht=\"$upstream_header_time\" "
     "urt=\"$upstream_response_time\""},
    {" rt=0.012 urt=0.010", " rt=0.500 urt=0.002, 0.016",
     " rt=$request_time urt=$upstream_response_time"},
    {" ua=\"10.0.0.1:8080\" us=\"200\" cs=HIT", " ua=\"-\" us=\"-\" cs=-",
     " ua=\"$upstream_addr\" us=\"$upstream_status\" cs=$upstream_cache_status"},
    {" ua=\"curl/8.1\" rt=fast", " ua=\"wget\" rt=slow", " ua=\"$column_10\" rt=$column_11"},
    {" 10.0.0.1:8080 200", " [::1]:80, unix:/run/a.sock 502, 200",
     " $upstream_addr $upstream_status"},
    {" \"198.51.100.1, 10.0.0.1\"", " \"-\"", " \"$http_x_forwarded_for\""},
    {" HIT", " -", " $upstream_cache_status"},
    {" 0.001 .", " 0.002 p", " $request_time $pipe"},
    {" 0123456789abcdef0123456789abcdef", " fedcba9876543210fedcba9876543210", " $request_id"},
    {" | 0.001 | 77", " | 0.002 | 42", " | $request_time | $column_13"},
    {" 512 0.1", " 600 0.2", " $column_10 $column_11"},
    {" - 12.345 ms", " - 3.210 ms", " $upstream_column_10 $request_time_ms ms"},
    {" 12.345 ms", " - ms", " $request_time_ms ms"},
    {" 12 ms 15 ms", " 3 ms 4 ms", " $request_time_ms ms $time_ms_12 ms"},
    {" 1 \"web@docker\" \"http://10.0.0.1:80\" 12ms", " 2 \"-\" \"-\" 0ms",
     " $column_10 \"$upstream_column_11\" \"$upstream_column_12\" ${request_time_ms}ms"},
    {" duration=12.345ms", " duration=0.210ms", " duration=${request_time_ms}ms"},
    {" rt=12.345 ms", " rt=0.210 ms", " rt=$request_time_ms ms"},
    {" 12ms", " 1.2s", " $column_10"},
    {" ua=\"-\" urt=\"-\"", " ua=\"-\" urt=\"-\"",
     " ua=\"$upstream_addr\" urt=\"$upstream_response_time\""},
    {" ua=\"-\" rt=0.012", " ua=\"-\" rt=0.013", " ua=\"$upstream_column_10\" rt=$request_time"},
    {" urt=\"-\" us=- cs=-", " urt=\"-\" us=- cs=-",
     " urt=\"$upstream_response_time\" us=$upstream_status cs=$upstream_cache_status"},
};

TEST(Detect, NamesWhatStandsBehindCombined) {
  for (const TailCase& c : kTailCases) {
    const std::string head = std::string(kHead) + std::string(c.first);
    const std::string other = std::string(kOther) + std::string(c.second);
    auto format = detect_log_format(join({head, other, head}));
    ASSERT_TRUE(format.ok()) << c.first << ": " << format.error().message;
    EXPECT_EQ(format->text(), std::string(kNamedHead) + std::string(c.format));
  }
}

struct LinesCase {
  std::vector<std::string> lines;
  std::string_view format;
};

TEST(Detect, NamesOtherLayouts) {
  const LinesCase cases[] = {
      {{R"(1.2.3.4 - - [23/Nov/2026:22:31:31 +0000] "GET / HTTP/1.1" 200 5)"}, kCommon},
      {{R"(host.name - - [23/Nov/2026:22:31:31 +0000] "GET / HTTP/1.1" 200 -)"}, kCommon},
      {{R"(a.example 1.2.3.4 - - [23/Nov/2026:22:31:31 +0000] "GET / HTTP/1.1" 200 5)",
        R"(b.example:443 ::1 - - [23/Nov/2026:22:31:31 +0000] "GET / HTTP/1.1" 200 5)"},
       R"($host $remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent)"},
      {{R"(2026-11-23T22:31:31+00:00 GET /a?b 200 0.004)",
        R"(2026-11-23T22:31:32+00:00 POST /c 201 0.104)"},
       "$time_iso8601 $request_method $request_uri $status $request_time"},
      {{R"(1795473091.123 1.2.3.4 "GET /a HTTP/1.1" 200 5 0.004)",
        R"(1795473092.001 1.2.3.4 "GET /b HTTP/1.1" 404 5 0.104)"},
       "$msec $column_2 \"$request\" $status $body_bytes_sent $request_time"},
      {{R"(1.2.3.4 - - [23/Nov/2026:22:31:31 +0000] "-" 400 0)",
        R"(1.2.3.4 - - [23/Nov/2026:22:31:31 +0000] "\x16\x03" 400 0)",
        R"(1.2.3.4 - - [23/Nov/2026:22:31:31 +0000] "GET / HTTP/1.1" 200 5)",
        R"(1.2.3.4 - - [23/Nov/2026:22:31:31 +0000] "GET /b HTTP/1.1" 200 5)"},
       kCommon},
  };
  for (const LinesCase& c : cases) {
    auto format = detect_log_format(join(c.lines));
    ASSERT_TRUE(format.ok()) << c.lines[0] << ": " << format.error().message;
    EXPECT_EQ(format->text(), c.format);
  }
}

TEST(Detect, ReadsOverAFewBrokenLines) {
  std::vector<std::string> lines(20, std::string(kHead));
  lines[3] = "rubbish";
  lines[4] = R"(1.2.3.4 - - [23/Nov/2026:22:31:31 +0000] "GET / HT)";
  auto format = detect_log_format(join(lines));
  ASSERT_TRUE(format.ok()) << format.error().message;
  EXPECT_EQ(format->text(), kNamedHead);
  for (std::size_t i = 0; i < 8; ++i) lines[i] = R"(200 "GET / HTTP/1.1" 1.2.3.4)";
  EXPECT_FALSE(detect_log_format(join(lines)).ok());
}

// What nginx's image writes to both outputs of its container.
TEST(Detect, WhatElseAServerSaysDecidesNothing) {
  const std::string error =
      R"(2026/11/23 22:31:31 [error] 7#7: *1 connect() failed (111: Connection refused), client: )"
      R"(1.2.3.4, request: "GET / HTTP/1.1", upstream: "http://10.0.0.1:80/", host: "a")";
  const std::vector<std::string> lines = {
      "/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform",
      "10-listen-on-ipv6-by-default.sh: info: Getting the checksum of default.conf",
      "/docker-entrypoint.sh: Configuration complete; ready for start up",
      R"(2026/11/23 22:31:31 [notice] 1#1: using the "epoll" event method)",
      error,
      std::string(kHead),
      error,
      error,
      "nobody knows this one",
      std::string(kOther)};
  auto format = detect_log_format(join(lines));
  ASSERT_TRUE(format.ok()) << format.error().message;
  EXPECT_EQ(format->text(), kNamedHead);
  for (const std::string& line : lines) {
    const bool notice = line.starts_with("2026/") || line.find(".sh: ") != std::string::npos;
    EXPECT_EQ(format->tells_other(line), notice) << line;
  }
}

TEST(Detect, RefusesLinesThatAreNotBuiltAlike) {
  const std::string bare = std::string(kHead) + " urt=0.001";
  const std::string quoted = std::string(kHead) + " urt=\"-\"";
  EXPECT_FALSE(detect_log_format(join({bare, quoted, bare})).ok());
}

TEST(Detect, LeavesOutAHalfWrittenLastLine) {
  const std::string whole = join({std::string(kHead), std::string(kOther)});
  EXPECT_TRUE(detect_log_format(whole + R"(1.2.3.4 - - [23/Nov)").ok());
  EXPECT_FALSE(detect_log_format(kHead).ok());
}

TEST(Detect, TakesCarriageReturns) {
  const std::string text = std::string(kHead) + "\r\n\r\n" + std::string(kOther) + "\r\n";
  auto format = detect_log_format(text);
  ASSERT_TRUE(format.ok());
  EXPECT_EQ(format->text(), kNamedHead);
}

TEST(Detect, SaysWhyNothingFits) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"", "no whole line"},
      {"\n\n", "no whole line"},
      {"  \n", "blank"},
      {"{\"status\":200}\n{\"status\":404}\n", "JSON, which no log_format describes"},
      {"some words of text\n", "no column looks like \"GET /path HTTP/1.1\""},
      {"1.2.3.4 \"GET / HTTP/1.1\" ok\n", "no column looks like a status"},
  };
  for (const auto& [text, why] : cases) {
    auto format = detect_log_format(text);
    ASSERT_FALSE(format.ok()) << text;
    EXPECT_THAT(format.error().message, HasSubstr(std::string(why)));
  }
}

TEST(Detect, LooksAtABoundedPart) {
  std::string text;
  for (int i = 0; i < 64; ++i) text += std::string(kHead) + "\n";
  for (int i = 0; i < 1'000; ++i) text += "rubbish\n";
  EXPECT_TRUE(detect_log_format(text).ok());
  EXPECT_FALSE(detect_log_format(std::string(1'000'000, 'x') + "\n").ok());
  EXPECT_FALSE(detect_log_format(std::string(60'000, ' ') + "x y\n").ok());
}

}  // namespace
}  // namespace wayside
