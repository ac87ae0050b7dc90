#include "exporters/prometheus/format/huffman_code.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>
#include <vector>

namespace wayside {
namespace {

using Counts = std::vector<std::uint32_t>;
using Lengths = std::vector<std::uint8_t>;

Lengths lengths_of(const Counts& counts, unsigned limit = kMaxHuffmanLength) {
  Lengths lengths(counts.size(), 99);
  huffman_lengths(counts, limit, lengths);
  return lengths;
}

// 1 where every sequence of bits means something, and only one thing.
double room_taken(const Lengths& lengths) {
  double taken = 0;
  for (const std::uint8_t length : lengths) taken += length == 0 ? 0 : std::exp2(-length);
  return taken;
}

Counts random_counts(std::mt19937& random, std::size_t size) {
  Counts counts(size);
  for (std::uint32_t& count : counts) {
    if (random() % 3 != 0) count = static_cast<std::uint32_t>(random() % 65'536 >> random() % 16);
  }
  return counts;
}

Counts fibonacci(std::size_t size) {
  Counts counts = {1, 1};
  while (counts.size() < size) counts.push_back(counts.end()[-1] + counts.end()[-2]);
  return counts;
}

TEST(HuffmanCode, TheFrequentAreShort) {
  EXPECT_EQ(lengths_of({1, 1, 2, 4, 0}), (Lengths{3, 3, 2, 1, 0}));
  EXPECT_EQ(lengths_of({5, 5, 5, 5}), (Lengths{2, 2, 2, 2}));
}

TEST(HuffmanCode, LessThanTwoSymbolsAreTwoAllTheSame) {
  EXPECT_EQ(lengths_of({0, 0, 0}), (Lengths{1, 1, 0}));
  EXPECT_EQ(lengths_of({7, 0, 0}), (Lengths{1, 1, 0}));
  EXPECT_EQ(lengths_of({0, 0, 7}), (Lengths{1, 0, 1}));
}

TEST(HuffmanCode, NoLengthExceedsTheLimit) {
  for (std::size_t size = 2; size < 40; ++size) {
    const Lengths lengths = lengths_of(fibonacci(size));
    for (const std::uint8_t length : lengths) EXPECT_TRUE(length >= 1 && length <= 15);
    EXPECT_EQ(room_taken(lengths), 1) << size;
  }
  const Lengths short_ones = lengths_of(fibonacci(19), 7);
  for (const std::uint8_t length : short_ones) EXPECT_TRUE(length >= 1 && length <= 7);
  EXPECT_EQ(room_taken(short_ones), 1);
}

TEST(HuffmanCode, IsCompleteAndInOrderForAnyCounts) {
  std::mt19937 random(3);
  for (int i = 0; i < 2'000; ++i) {
    const Counts counts = random_counts(random, 2 + random() % 286);
    const Lengths lengths = lengths_of(counts);
    ASSERT_EQ(room_taken(lengths), 1);
    for (std::size_t n = 1; n < counts.size(); ++n) {
      if (counts[n] > counts[n - 1] && counts[n - 1] != 0) {
        ASSERT_LE(lengths[n], lengths[n - 1]);
      }
    }
  }
}

// Huffman's code is within a bit of each symbol's entropy.
TEST(HuffmanCode, CostsLittleMoreThanTheEntropy) {
  std::mt19937 random(4);
  for (int i = 0; i < 200; ++i) {
    const Counts counts = random_counts(random, 200);
    const Lengths lengths = lengths_of(counts);
    double all = 0;
    double entropy = 0;
    double cost = 0;
    for (const std::uint32_t count : counts) all += count;
    for (std::size_t n = 0; n < counts.size(); ++n) {
      if (counts[n] > 0) entropy += counts[n] * std::log2(all / counts[n]);
      cost += double{1} * counts[n] * lengths[n];
    }
    EXPECT_LE(cost, entropy + all * 0.1);
    EXPECT_GE(cost, entropy * 0.999);
  }
}

// The example of RFC 1951, 3.2.2.
TEST(HuffmanCode, CodesAreThoseOfTheStandardReversed) {
  const Lengths lengths = {3, 3, 3, 3, 3, 2, 4, 4};
  std::array<std::uint16_t, 8> codes{};
  huffman_codes(lengths, codes);
  EXPECT_EQ(codes, (std::array<std::uint16_t, 8>{0b010, 0b110, 0b001, 0b101, 0b011, 0b00, 0b0111,
                                                 0b1111}));
}

}  // namespace
}  // namespace wayside
