#include "collectors/access_log/format/time_text.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <ctime>

namespace wayside {
namespace {

std::optional<WallTime> at(std::int64_t micros) {
  return WallTime{Micros{micros}};
}

TEST(TimeText, ReadsTimeLocal) {
  EXPECT_EQ(parse_time_local("01/Jan/1970:00:00:00 +0000"), at(0));
  EXPECT_EQ(parse_time_local("23/Nov/2026:22:31:31 +0000"), at(1'795'473'091'000'000));
  EXPECT_EQ(parse_time_local("24/Nov/2026:04:16:31 +0545"), at(1'795'473'091'000'000));
  EXPECT_EQ(parse_time_local("23/Nov/2026:12:31:31 -1000"), at(1'795'473'091'000'000));
  EXPECT_EQ(parse_time_local("29/Feb/2024:00:00:00 +0000"), at(1'709'164'800'000'000));
  EXPECT_EQ(parse_time_local("30/Jun/2015:23:59:60 +0000"), at(1'435'708'800'000'000));
}

TEST(TimeText, ReadsIso8601) {
  EXPECT_EQ(parse_time_iso8601("2026-11-23T22:31:31+00:00"), at(1'795'473'091'000'000));
  EXPECT_EQ(parse_time_iso8601("2026-11-23T23:31:31+0100"), at(1'795'473'091'000'000));
  EXPECT_EQ(parse_time_iso8601("2026-11-23T22:31:31Z"), at(1'795'473'091'000'000));
  EXPECT_EQ(parse_time_iso8601("2026-11-23T22:31:31.25Z"), at(1'795'473'091'250'000));
}

TEST(TimeText, ReadsMsec) {
  EXPECT_EQ(parse_msec("1795473091.123"), at(1'795'473'091'123'000));
  EXPECT_EQ(parse_msec("1795473091"), at(1'795'473'091'000'000));
}

TEST(TimeText, AgreesWithTheSystemOnEveryDayOfTwoCenturies) {
  for (std::time_t day = 0; day < 200 * 366; ++day) {
    const std::time_t when = day * 86'400 + day % 86'400;
    std::tm parts{};
    gmtime_r(&when, &parts);
    std::array<char, 64> text{};
    std::strftime(text.data(), text.size(), "%d/%b/%Y:%H:%M:%S +0000", &parts);
    ASSERT_EQ(parse_time_local(text.data()), at(when * 1'000'000)) << text.data();
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S+00:00", &parts);
    ASSERT_EQ(parse_time_iso8601(text.data()), at(when * 1'000'000)) << text.data();
  }
}

TEST(TimeText, RefusesWhatIsNoTime) {
  for (const std::string_view text :
       {"", "-", "32/Nov/2026:22:31:31 +0000", "30/Feb/2024:22:31:31 +0000",
        "29/Feb/2100:00:00:00 +0000", "00/Nov/2026:22:31:31 +0000", "23/Nov/1969:22:31:31 +0000",
        "23/anF/2026:22:31:31 +0000", "23/nov/2026:22:31:31 +0000", "23/Nov/2026:24:31:31 +0000",
        "23/Nov/2026:22:60:31 +0000", "23/Nov/2026:22:31:61 +0000", "23/Nov/2026:22:31:31 0000",
        "23/Nov/2026:22:31:31 +9900", "23/Nov/2026:22:31:31 +00", "23/Nov/2026:22:31:31 +0000x",
        "23/Nov/2026:22:31:31", "2/Nov/2026:22:31:31 +0000"}) {
    EXPECT_EQ(parse_time_local(text), std::nullopt) << text;
  }
  for (const std::string_view text :
       {"", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-11-23 22:31:31Z",
        "2026-11-23T22:31:31", "2026-11-23T22:31:31.Z", "2026-11-23T22:31:31.1234567890Z"}) {
    EXPECT_EQ(parse_time_iso8601(text), std::nullopt) << text;
  }
  for (const std::string_view text : {"", "-", ".", "1e9", "-1.0", "123456789012345.000"}) {
    EXPECT_EQ(parse_msec(text), std::nullopt) << text;
  }
}

TEST(TimeText, RemembersTheLastText) {
  LastTime last;
  EXPECT_TRUE(last.is("01/Jan/1970:00:00:00 +0000"));
  EXPECT_EQ(last.value(), WallTime{});
  const std::string_view text = "23/Nov/2026:22:31:31 +0000";
  last.set(text, WallTime{Micros{7}});
  EXPECT_TRUE(last.is(text.data()));
  EXPECT_EQ(last.value(), WallTime{Micros{7}});
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string other(text);
    other[i] ^= 1;
    EXPECT_FALSE(last.is(other.data())) << i;
  }
}

}  // namespace
}  // namespace wayside
