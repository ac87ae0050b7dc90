#include "agent/requests/hash.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace wayside {
namespace {

TEST(Hashes, DifferWhereOneByteOrTheSizeDoes) {
  for (std::size_t size = 0; size < 70; ++size) {
    const std::string text(size, 'a');
    std::set<std::uint64_t> hashes = {hash_text(text, 1), hash_text(text + 'a', 1),
                                      hash_text(text, 2)};
    for (std::size_t at = 0; at < size; ++at) {
      std::string other = text;
      other[at] = 'b';
      hashes.insert(hash_text(other, 1));
    }
    EXPECT_EQ(hashes.size(), size + 3) << size;
  }
}

TEST(Hashes, DifferWherePartsOfATextChangePlaces) {
  const std::string a(16, 'a');
  const std::string b(16, 'b');
  EXPECT_NE(hash_text(a + b + a + "x", 1), hash_text(b + a + a + "x", 1));
}

TEST(Hashes, SpreadNumbersOverTheSlotsOfATable) {
  std::set<std::uint64_t> slots;
  for (int i = 0; i < 4096; ++i) slots.insert(hash_text("/api/" + std::to_string(i), 7) % 4096);
  EXPECT_GT(slots.size(), 2400U);  // 63 % of 4096 at random
}

TEST(Texts, AreTheSameWhereEveryByteIs) {
  for (std::size_t size = 0; size < 40; ++size) {
    const std::string text(size, 'a');
    EXPECT_TRUE(same_text(text, std::string(size, 'a'))) << size;
    EXPECT_FALSE(same_text(text, text + 'a')) << size;
    for (std::size_t at = 0; at < size; ++at) {
      std::string other = text;
      other[at] = 'b';
      EXPECT_FALSE(same_text(text, other)) << size << ' ' << at;
    }
  }
}

}  // namespace
}  // namespace wayside
