#include "exporters/prometheus/format/number_text.h"

#include <gtest/gtest.h>

#include <bit>
#include <cfloat>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>

namespace wayside {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();

template <typename T>
std::string text_of(char* (*write)(char*, T), T value) {
  char text[kMaxNumberText];
  char* const end = write(text, value);
  EXPECT_LE(end - text, static_cast<std::ptrdiff_t>(kMaxNumberText));
  return {text, end};
}

std::string integer(std::uint64_t value) {
  return text_of(write_integer, value);
}
std::string number(double value) {
  return text_of(write_number, value);
}
std::string bound(double value) {
  return text_of(write_bound, value);
}

TEST(IntegerText, HasEveryDigit) {
  EXPECT_EQ(integer(0), "0");
  EXPECT_EQ(integer(UINT64_MAX), "18446744073709551615");
  EXPECT_EQ(integer((1ULL << 53) + 1), "9007199254740993");
  for (std::uint64_t power = 1; power <= 1'000'000'000'000'000'000ULL; power *= 10) {
    for (const std::uint64_t value : {power - 1, power, power + 1, power * 9, power * 9 + 9}) {
      EXPECT_EQ(integer(value), std::to_string(value));
    }
  }
}

TEST(IntegerText, AgreesWithTheLibraryForAnyValue) {
  std::mt19937_64 random(2);
  for (int i = 0; i < 100'000; ++i) {
    const std::uint64_t value = random() >> (random() % 64);
    ASSERT_EQ(integer(value), std::to_string(value));
  }
}

TEST(NumberText, IsTheShortestOne) {
  const struct {
    double value;
    const char* text;
  } cases[] = {
      {0, "0"},
      {-0.0, "-0"},
      {1, "1"},
      {-1, "-1"},
      {0.1, "0.1"},
      {0.30000000000000004, "0.30000000000000004"},
      {1e-7, "1e-07"},
      {123456.789, "123456.789"},
      {0x1p53, "9007199254740992"},
      {-0x1p53, "-9007199254740992"},
      {1e21, "1e+21"},
      {1e300, "1e+300"},
      {DBL_MAX, "1.7976931348623157e+308"},
      {DBL_MIN, "2.2250738585072014e-308"},
      {5e-324, "5e-324"},
      {std::numeric_limits<double>::quiet_NaN(), "NaN"},
      {-std::numeric_limits<double>::quiet_NaN(), "NaN"},
      {kInf, "+Inf"},
      {-kInf, "-Inf"},
  };
  for (const auto& [value, text] : cases) EXPECT_EQ(number(value), text);
}

// What a text reads back as, bit for bit.
void expect_same(double value) {
  for (const std::string& text : {number(value), bound(value)}) {
    const double back = std::strtod(text.c_str(), nullptr);
    if (std::isnan(value)) {
      ASSERT_TRUE(std::isnan(back)) << text;
    } else {
      ASSERT_EQ(std::bit_cast<std::uint64_t>(back), std::bit_cast<std::uint64_t>(value)) << text;
    }
  }
}

TEST(NumberText, ReadsBackAsTheSameDouble) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 100'000; ++i) {
    expect_same(std::bit_cast<double>(random()));            // any bits: NaNs, denormals, all
    expect_same(static_cast<double>(random() >> 20) / 1e6);  // sums of microseconds
    expect_same(static_cast<double>(random() >> (i % 64)));  // whole numbers
    expect_same(std::bit_cast<double>(random() >> 12));      // denormals
  }
}

TEST(BoundText, IsWhatPrometheusMakesOfProtobuf) {
  const struct {
    double value;
    const char* text;
  } cases[] = {
      {0, "0.0"},
      {1, "1.0"},
      {-1, "-1.0"},
      {0.005, "0.005"},
      {0.0001, "0.0001"},
      {0.00012345, "0.00012345"},
      {0.00001, "1e-05"},
      {0.000099, "9.9e-05"},
      {2.5, "2.5"},
      {10, "10.0"},
      {100000, "100000.0"},
      {999999, "999999.0"},
      {999999.5, "999999.5"},
      {1e6, "1e+06"},
      {1234567, "1.234567e+06"},
      {123456789, "1.23456789e+08"},
      {-2e6, "-2e+06"},
      {1e21, "1e+21"},
      {1e100, "1e+100"},
      {kInf, "+Inf"},
      {-kInf, "-Inf"},
  };
  for (const auto& [value, text] : cases) EXPECT_EQ(bound(value), text);
}

}  // namespace
}  // namespace wayside
