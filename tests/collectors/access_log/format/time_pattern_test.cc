#include "collectors/access_log/format/time_pattern.h"

#include <gtest/gtest.h>

#include <array>
#include <ctime>
#include <random>
#include <string>

#include "tests/collectors/access_log/format/named_lines.h"

namespace wayside {
namespace {

using std::chrono::microseconds;

// Microseconds since 1970; -1 where the pattern does not read the text.
std::int64_t read(std::string_view pattern, std::string_view text, std::size_t* size = nullptr) {
  const auto compiled = TimePattern::compile(pattern);
  if (!compiled) {
    ADD_FAILURE() << pattern;
    return -1;
  }
  LocalOffset local;
  std::size_t taken = 0;
  const auto time = compiled->read(text, local, taken);
  if (size != nullptr) *size = taken;
  return time ? time->time_since_epoch().count() : -1;
}

TEST(TimePattern, ReadsWhatStrftimeWrites) {
  const InZone zone("UTC");
  constexpr std::int64_t kThen = 1'795'473'091'000'000;
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"%d/%b/%Y:%H:%M:%S %z", "23/Nov/2026:22:31:31 +0000"},
      {"%d/%b/%Y:%T %z", "23/Nov/2026:23:31:31 +0100"},
      {"%FT%T%z", "2026-11-23T22:31:31Z"},
      {"%F %T", "2026-11-23 22:31:31"},
      {"%D %R:%S", "11/23/26 22:31:31"},
      {"%a, %d %b %Y %H:%M:%S %Z", "Mon, 23 Nov 2026 22:31:31 GMT"},
      {"%A %e %B %Y %T", "Monday 23 November 2026 22:31:31"},
      {"%m/%e/%y%t%T", "11/23/26\t22:31:31"},
      {"%s", "1795473091"},
      {"%Q", "1795473091000"},
      {"%J", "1795473091000000"},
      {"100%% %s", "100% 1795473091"},
  };
  for (const auto& [pattern, text] : cases) {
    EXPECT_EQ(read(pattern, text), kThen) << pattern;
    std::size_t size = 0;
    EXPECT_EQ(read(pattern, std::string(text) + "] x", &size), kThen) << pattern;
    EXPECT_EQ(size, text.size()) << pattern;
  }
  EXPECT_EQ(read("%s.%L", "1795473091.123"), kThen + 123'000);
  EXPECT_EQ(read("%F %T.%f", "2026-11-23 22:31:31.123456"), kThen + 123'456);
  EXPECT_EQ(read("%e %b %Y %T", " 1 May 2026 00:00:00"), 1'777'593'600'000'000);
  EXPECT_EQ(read("%e %B %Y %T", " 1 May 2026 00:00:00"), 1'777'593'600'000'000);
}

TEST(TimePattern, RefusesWhatTellsNoMoment) {
  for (const std::string_view pattern :
       {"", "%H:%M:%S", "%F", "%F %H:%M", "%q", "%", "%F %I:%M:%S %p", "words"}) {
    EXPECT_FALSE(TimePattern::compile(pattern)) << pattern;
  }
  EXPECT_FALSE(TimePattern::compile(std::string(200, 'x') + "%s"));
}

TEST(TimePattern, RefusesOtherTexts) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"%F %T", ""},
      {"%F %T", "2026-11-23"},
      {"%F %T", "2026-11-31 22:31:31"},
      {"%F %T", "2026-00-10 22:31:31"},
      {"%F %T", "2026-11-23 24:31:31"},
      {"%F %T", "-026-11-23 22:31:31"},
      {"%F %T", "2026-11-23T22:31:31"},
      {"%F %T %z", "2026-11-23 22:31:31 0000"},
      {"%F %T %z", "2026-11-23 22:31:31 +9900"},
      {"%s", "x"},
      {"%s", "99999999999999999999"},
      {"%d %b %Y %T", "23 Foo 2026 22:31:31"},
  };
  for (const auto& [pattern, text] : cases) EXPECT_EQ(read(pattern, text), -1) << text;
}

TEST(TimePattern, RandomMomentsComeBackInAnyZone) {
  std::mt19937_64 random(5);
  for (const char* const name : {"UTC", "CET-1CEST,M3.5.0,M10.5.0/3", "IST-5:30", "NST3:30"}) {
    const InZone zone(name);
    LocalOffset local;
    const auto compiled = TimePattern::compile("%d/%b/%Y:%H:%M:%S");
    for (int i = 0; i < 500; ++i) {
      auto when = static_cast<std::time_t>(random() % 4'000'000'000);
      std::tm parts{};
      localtime_r(&when, &parts);
      std::array<char, 64> text{};
      const std::size_t size = std::strftime(text.data(), text.size(), "%d/%b/%Y:%H:%M:%S", &parts);
      // An hour that the clock shows twice may be either.
      parts.tm_isdst = -1;
      const std::time_t expected = std::mktime(&parts);
      std::size_t taken = 0;
      const auto time = compiled->read({text.data(), size}, local, taken);
      ASSERT_TRUE(time) << text.data();
      EXPECT_EQ(time->time_since_epoch(), std::chrono::seconds{expected}) << text.data();
    }
  }
}

}  // namespace
}  // namespace wayside
