#include "collectors/access_log/format/json_values.h"

#include <gtest/gtest.h>

#include <string>

namespace wayside {
namespace {

TEST(JsonValues, DurationsHaveUnitsOrAreGivenOne) {
  struct Case {
    std::string_view text;
    std::int64_t micros;  // -1: unreadable
    DurationUnit unit = DurationUnit::ms;
  };
  const Case cases[] = {
      {"12ms", 12'000},
      {"12 ms", 12'000},
      {"1.2s", 1'200'000},
      {"850us", 850},
      {"850µs", 850},
      {"850μs", 850},
      {"1500ns", 1},
      {"1m2.5s", 62'500'000},
      {"2h", 7'200'000'000},
      {"1.5min", 90'000'000},
      {"0.012 seconds", 12'000},
      {"12.3456", 12'345},
      {"12.3", 12'300'000, DurationUnit::s},
      {"0.012", 12'000, DurationUnit::s},
      {"5.1e-05", 51, DurationUnit::s},
      {"1E3", 1'000, DurationUnit::us},
      {"12345678", 12'345, DurationUnit::ns},
      {"-0", 0},
      {"99999999", 99'999'999'000'000, DurationUnit::s},
      {"100000000", -1, DurationUnit::s},
      {"99999999h", -1},
      {"12", -1, DurationUnit::unknown},
      {"", -1},
      {"ms", -1},
      {"-1", -1},
      {"NaN", -1},
      {"inf", -1},
      {"12 parsecs", -1},
      {"12ms ", -1},
      {"12ms5", -1},
      {"1e", -1},
  };
  for (const Case& c : cases) {
    const auto read = parse_json_duration(c.text, c.unit);
    EXPECT_EQ(read ? read->count() : -1, c.micros) << c.text;
  }
}

TEST(JsonValues, TimesAreToldApartByTheirShape) {
  constexpr std::int64_t kThen = 1'795'473'091'000'000;
  const std::pair<std::string_view, std::int64_t> cases[] = {
      {"1795473091", kThen},
      {"1795473091.25", kThen + 250'000},
      {"1795473091123", kThen + 123'000},
      {"1795473091123.5", kThen + 123'500},
      {"1795473091123456", kThen + 123'456},
      {"1795473091123456789", kThen + 123'456},
      {"1.795473091e9", kThen},
      {"2026-11-23T22:31:31Z", kThen},
      {"2026-11-23T23:31:31.5+01:00", kThen + 500'000},
      {"2026-11-23 22:31:31.000001Z", kThen + 1},
      {"23/Nov/2026:22:31:31 +0000", kThen},
      {"[23/Nov/2026:22:31:31 +0000]", kThen},
  };
  for (const auto& [text, micros] : cases) {
    EXPECT_EQ(parse_json_time(text).time.time_since_epoch().count(), micros) << text;
  }
  for (const std::string_view local : {"2026-11-23 22:31:31", "2026-11-23T22:31:31,123",
                                       "2026/11/23 22:31:31", "2026/11/23 22:31:31.123"}) {
    EXPECT_TRUE(parse_json_time(local).readable) << local;
    EXPECT_EQ(parse_json_time(local).time, kNoTime) << local;
  }
  for (const std::string_view wrong : {"", "-1", "soon", "2026-13-01T00:00:00Z", "1e300"}) {
    EXPECT_FALSE(parse_json_time(wrong).readable) << wrong;
  }
}

TEST(JsonValues, AddressesLoseTheirPorts) {
  EXPECT_EQ(without_port("10.0.0.1:8080"), "10.0.0.1");
  EXPECT_EQ(without_port("10.0.0.1"), "10.0.0.1");
  EXPECT_EQ(without_port("[2001:db8::1]:443"), "2001:db8::1");
  EXPECT_EQ(without_port("2001:db8::1"), "2001:db8::1");
  EXPECT_EQ(without_port("[broken"), "[broken");
  EXPECT_EQ(without_port(":1"), ":1");
}

}  // namespace
}  // namespace wayside
