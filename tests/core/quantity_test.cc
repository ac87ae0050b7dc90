#include "agent/core/quantity.h"

#include <gtest/gtest.h>

#include <limits>

namespace wayside {
namespace {

TEST(Durations, AreExactInMicroseconds) {
  const struct {
    std::string_view text;
    std::int64_t micros;
  } kCases[] = {
      {"0s", 0},
      {"1us", 1},
      {"250us", 250},
      {"250ms", 250'000},
      {"10s", 10'000'000},
      {"5m", 300'000'000},
      {"1h", 3'600'000'000},
      {"1d", 86'400'000'000},
      {"1m30s", 90'000'000},
      {"1d2h3m4s5ms6us", 93'784'005'006},
      {"1.5s", 1'500'000},
      {"0.1s", 100'000},
      {"0.000001s", 1},
      {"1.50000000000000000000000s", 1'500'000},
      {"0.3ms", 300},
      {"1.5h30m", 7'200'000'000},
      {"0.125d", 10'800'000'000},
      {"0001s", 1'000'000},
      {"36525d", 3'155'760'000'000'000},
  };
  for (const auto& c : kCases) {
    const Result<Micros> duration = parse_duration(c.text);
    ASSERT_TRUE(duration.ok()) << c.text << ": " << duration.error().message;
    EXPECT_EQ(duration->count(), c.micros) << c.text;
  }
}

TEST(Durations, OfAnotherShapeAreRefusedWithTheReason) {
  const struct {
    std::string_view text, why;
  } kCases[] = {
      {"", "empty"},
      {"10", "no unit"},
      {"0", "no unit"},
      {"1s5", "no unit"},
      {"-1s", "a duration is never negative"},
      {"s", "not a duration"},
      {".5s", "not a duration"},
      {"1.s", "not a duration"},
      {"1..5s", "not a duration"},
      {"+1s", "not a duration"},
      {" 1s", "not a duration"},
      {"1s ", "unknown unit"},
      {"1 s", "unknown unit"},
      {"1S", "unknown unit"},
      {"1sec", "unknown unit"},
      {"1min", "unknown unit"},
      {"1e3s", "unknown unit"},
      {"30s1m", "units must descend, each once"},
      {"1s1s", "units must descend, each once"},
      {"0.5us", "finer than a microsecond"},
      {"0.0000015s", "finer than a microsecond"},
      {"0.0000152587890625d", "finer than a microsecond"},
      {"36525.1d", "over 100 years"},
      {"36526d", "over 100 years"},
      {"36525d1us", "over 100 years"},
      {"3155760000000001us", "over 100 years"},
      {"99999999999999999999999999d", "over 100 years"},
      {"18446744073709551615d", "over 100 years"},
      {"18446744073709551616us", "over 100 years"},
  };
  for (const auto& c : kCases) {
    const Result<Micros> duration = parse_duration(c.text);
    ASSERT_FALSE(duration.ok()) << c.text;
    EXPECT_EQ(duration.error().message,
              std::string(c.why) + "; write a duration as 250us, 250ms, 10s, 5m, 1h, 1d or 1m30s")
        << c.text;
  }
}

TEST(Sizes, AreExactInBytes) {
  const struct {
    std::string_view text;
    std::uint64_t bytes;
  } kCases[] = {
      {"0", 0},
      {"512", 512},
      {"512B", 512},
      {"64KiB", 65'536},
      {"64MiB", 67'108'864},
      {"2GiB", 2'147'483'648},
      {"1TiB", 1'099'511'627'776},
      {"64kB", 64'000},
      {"64MB", 64'000'000},
      {"2GB", 2'000'000'000},
      {"1.5GiB", 1'610'612'736},
      {"0.5KiB", 512},
      {"18446744073709551615", std::numeric_limits<std::uint64_t>::max()},
      {"16777215TiB", 16'777'215ULL << 40},
  };
  for (const auto& c : kCases) {
    const Result<std::uint64_t> size = parse_size(c.text);
    ASSERT_TRUE(size.ok()) << c.text << ": " << size.error().message;
    EXPECT_EQ(*size, c.bytes) << c.text;
  }
}

TEST(Sizes, OfAnotherShapeAreRefusedWithTheReason) {
  const struct {
    std::string_view text, why;
  } kCases[] = {
      {"", "empty"},
      {"-1", "a size is never negative"},
      {"MiB", "not a size"},
      {"1MiB2", "not a size"},
      {"1.MiB", "not a size"},
      {"64M", "unknown unit"},
      {"64KB", "unknown unit"},
      {"64 MiB", "unknown unit"},
      {"64mib", "unknown unit"},
      {"0.5", "not a whole number of bytes"},
      {"0.0001KiB", "not a whole number of bytes"},
      {"18446744073709551616", "too large"},
      {"16777216TiB", "too large"},
      {"16777215.9999999999999999TiB", "not a whole number of bytes"},
  };
  for (const auto& c : kCases) {
    const Result<std::uint64_t> size = parse_size(c.text);
    ASSERT_FALSE(size.ok()) << c.text;
    EXPECT_EQ(size.error().message,
              std::string(c.why) + "; write a size as 512, 64KiB, 64MiB, 2GiB or 64kB, 64MB, 2GB")
        << c.text;
  }
}

TEST(Durations, AreShownWithOneDecimalOfTheLargestUnit) {
  const struct {
    std::int64_t micros;
    std::string_view text;
  } kCases[] = {
      {0, "0 us"},
      {1, "1 us"},
      {999, "999 us"},
      {1'000, "1 ms"},
      {1'049, "1 ms"},
      {1'050, "1.1 ms"},
      {250'000, "250 ms"},
      {999'949, "999.9 ms"},
      {999'950, "1 s"},
      {3'200'000, "3.2 s"},
      {59'949'999, "59.9 s"},
      {59'950'000, "1 m"},
      {90'000'000, "1.5 m"},
      {300'000'000, "5 m"},
      {3'600'000'000, "1 h"},
      {86'399'999'999, "1 d"},
      {-250'000, "-250 ms"},
      {std::numeric_limits<std::int64_t>::max(), "106751991.2 d"},
      {std::numeric_limits<std::int64_t>::min(), "unknown"},
  };
  for (const auto& c : kCases) EXPECT_EQ(show_duration(Micros{c.micros}), c.text) << c.micros;
}

// Whatever is written in whole microseconds comes back as it was.
TEST(Durations, SurviveEveryUnit) {
  for (std::uint64_t micros = 1; micros < 3'000'000'000'000'000; micros = micros * 7 + 3) {
    const auto written = std::to_string(micros / 1'000'000) + "." +
                         std::to_string(1'000'000 + micros % 1'000'000).substr(1) + "s";
    const Result<Micros> duration = parse_duration(written);
    ASSERT_TRUE(duration.ok()) << written;
    EXPECT_EQ(static_cast<std::uint64_t>(duration->count()), micros);
  }
}

}  // namespace
}  // namespace wayside
