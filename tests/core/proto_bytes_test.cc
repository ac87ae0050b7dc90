#include "agent/core/proto_bytes.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace wayside {
namespace {

using Bytes = std::array<char, 2 * kMaxVarint + kSlack>;

// Seven bits a byte, the lowest first: https://protobuf.dev/programming-guides/encoding/#varints
std::uint64_t read_varint(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<std::uint8_t>(bytes[i]);
    value |= std::uint64_t{byte & 0x7FU} << 7 * i;
    EXPECT_EQ(byte >= 0x80, i + 1 < bytes.size()) << "byte " << i;
  }
  return value;
}

std::vector<std::uint64_t> numbers_at_borders() {
  std::vector<std::uint64_t> numbers = {0, 1, UINT64_MAX};
  for (int bit = 1; bit < 64; ++bit) {
    const std::uint64_t power = std::uint64_t{1} << bit;
    numbers.insert(numbers.end(), {power - 1, power, power + 1});
  }
  return numbers;
}

TEST(ProtoBytes, ANumberIsReadBackAndTakesAByteForSevenBits) {
  for (const std::uint64_t number : numbers_at_borders()) {
    Bytes bytes{};
    const char* const end = write_varint(bytes.data(), number);
    const std::string_view written(bytes.data(), static_cast<std::size_t>(end - bytes.data()));
    EXPECT_EQ(read_varint(written), number);
    EXPECT_EQ(varint_size(number), written.size()) << number;
    EXPECT_TRUE(written.size() == 1 || number >> 7 * (written.size() - 1) != 0) << number;
  }
}

TEST(ProtoBytes, ALengthIsItsTagAndAVarint) {
  for (const std::uint64_t number : numbers_at_borders()) {
    Bytes length{};
    Bytes varint{};
    const char* const end = write_length(length.data(), 3, number);
    const char* const varint_end = write_varint(varint.data(), number);
    const std::string_view expected(varint.data(),
                                    static_cast<std::size_t>(varint_end - varint.data()));
    EXPECT_EQ(length.front(), '\x1A');
    EXPECT_EQ(
        std::string_view(length.data() + 1, static_cast<std::size_t>(end - length.data()) - 1),
        expected)
        << number;
  }
}

TEST(ProtoBytes, NumbersNearZeroAreShortOfEitherSign) {
  const std::vector<std::pair<std::int64_t, std::uint64_t>> table = {
      {0, 0}, {-1, 1}, {1, 2}, {-2, 3}, {INT64_MAX, UINT64_MAX - 1}, {INT64_MIN, UINT64_MAX}};
  for (const auto& [number, encoded] : table) EXPECT_EQ(zigzag(number), encoded) << number;
}

}  // namespace
}  // namespace wayside
