#include "agent/store/buckets.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace wayside {
namespace {

std::size_t index_by_definition(const std::vector<std::uint64_t>& bounds, std::uint64_t value) {
  std::size_t index = 0;
  while (index < bounds.size() && value > bounds[index]) ++index;
  return index;
}

std::vector<std::uint64_t> ascending(std::size_t size, std::uint64_t step) {
  std::vector<std::uint64_t> bounds;
  for (std::size_t i = 0; i < size; ++i) bounds.push_back((i + 1) * step);
  return bounds;
}

TEST(Buckets, AValueEqualToABoundFallsIntoItsBucket) {
  const std::vector<std::uint64_t> bounds = {5'000, 10'000, 1'000'000};
  const Buckets buckets(bounds);
  EXPECT_EQ(buckets.index_of(0), 0U);
  EXPECT_EQ(buckets.index_of(5'000), 0U);
  EXPECT_EQ(buckets.index_of(5'001), 1U);
  EXPECT_EQ(buckets.index_of(1'000'000), 2U);
  EXPECT_EQ(buckets.index_of(1'000'001), 3U);
  EXPECT_EQ(buckets.index_of(UINT64_MAX), 3U);
  EXPECT_EQ(buckets.size(), 3U);
  EXPECT_EQ(buckets.bound(2), 1'000'000U);
}

TEST(Buckets, AgreeWithTheDefinitionForEverySizeAndWidth) {
  std::mt19937_64 random(1);
  for (std::size_t size = 0; size <= Buckets::kMaxBounds; ++size) {
    // Steps that keep all bounds under 32 bits, take some of them past, and all.
    for (const std::uint64_t step : {1ULL, 1'000ULL, 40'000'000ULL, 100'000'000ULL, 1ULL << 33}) {
      const auto bounds = ascending(size, step);
      const Buckets buckets(bounds);
      for (const std::uint64_t bound : bounds) {
        for (const std::uint64_t value : {bound - 1, bound, bound + 1}) {
          ASSERT_EQ(buckets.index_of(value), index_by_definition(bounds, value)) << value;
        }
      }
      for (int i = 0; i < 100; ++i) {
        const std::uint64_t value = random() >> (random() % 64);
        ASSERT_EQ(buckets.index_of(value), index_by_definition(bounds, value)) << value;
      }
      for (const std::uint64_t value : {0ULL, 0x7ffffffeULL, 0x7fffffffULL, 0x80000000ULL}) {
        ASSERT_EQ(buckets.index_of(value), index_by_definition(bounds, value)) << value;
      }
    }
  }
}

TEST(Buckets, EveryCellLiesInOneClassicAndOneNativeBucket) {
  const std::vector<std::uint64_t> bounds = {5'000, 10'000, 300'000, 1'000'000};
  const Buckets buckets(bounds, true);
  std::mt19937_64 random(2);
  for (int i = 0; i < 200'000; ++i) {
    const std::uint64_t value = random() >> (19 + random() % 45);
    const std::size_t cell = buckets.cell_of(value);
    ASSERT_EQ(buckets.bucket_of(cell), index_by_definition(bounds, value)) << value;
    if (value == 0) {
      ASSERT_EQ(buckets.native_of(cell), Buckets::kZero);
      continue;
    }
    // (2^((i-1)/8), 2^(i/8)], by the definition; no whole microsecond but a power of two comes
    // near a bound.
    const double exact = std::log2(static_cast<double>(value) / 1e6) * 8;
    const double whole = std::round(exact);
    const double expected = std::abs(exact - whole) < 1e-9 ? whole : std::ceil(exact);
    ASSERT_EQ(buckets.native_of(cell), static_cast<std::int32_t>(expected)) << value;
  }
}

TEST(Buckets, NativeOnesHaveTheirUpperBound) {
  const Buckets buckets({}, true);
  EXPECT_EQ(buckets.native_of(buckets.cell_of(1'000'000)), 0);
  EXPECT_EQ(buckets.native_of(buckets.cell_of(1'000'001)), 1);
  EXPECT_EQ(buckets.native_of(buckets.cell_of(2'000'000)), 8);
  EXPECT_EQ(buckets.native_of(buckets.cell_of(500'000)), -8);
  EXPECT_EQ(buckets.native_of(buckets.cell_of(1)), -159);
}

TEST(Buckets, WhatNoClockCanMeasureIsInTheLastCell) {
  const std::vector<std::uint64_t> bounds = {1'000'000};
  const Buckets buckets(bounds, true);
  EXPECT_EQ(buckets.cell_of(UINT64_MAX), buckets.cells() - 1);
  EXPECT_EQ(buckets.index_of(UINT64_MAX), 1U);
}

TEST(Buckets, WithoutNativeOnesCellsAreTheClassicBuckets) {
  const std::vector<std::uint64_t> bounds = {10, 20};
  const Buckets buckets(bounds);
  EXPECT_EQ(buckets.cells(), 3U);
  for (std::size_t i = 0; i < buckets.cells(); ++i) EXPECT_EQ(buckets.bucket_of(i), i);
}

TEST(Buckets, BoundsInSecondsBecomeWholeMicroseconds) {
  const std::vector<double> bounds = {0.000001, 0.005, 0.3, 1, 10, 2.5};
  const std::vector<std::uint64_t> micros = {1, 5'000, 300'000, 1'000'000, 10'000'000, 2'500'000};
  EXPECT_EQ(bounds_in_micros(bounds), micros);
}

}  // namespace
}  // namespace wayside
