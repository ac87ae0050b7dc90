#include "collectors/access_log/format/scan.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace wayside {
namespace {

// A text of such bytes as searches stop at and some others, with what must follow a block.
std::string random_block(std::mt19937& random, std::size_t size) {
  constexpr std::string_view kBytes = "abcdefgh\\\"\n xyz\x80\xff";
  std::string text;
  const std::size_t rare = 1 + random() % 40;
  for (std::size_t i = 0; i < size; ++i) {
    text += random() % rare == 0 ? kBytes[random() % kBytes.size()] : 'a';
  }
  return text + '\n' + std::string(kReadableAfterBlock, '"');
}

TEST(Scanners, TheLastIsPortableAndTheFirstIsUsed) {
  ASSERT_FALSE(scanners().empty());
  EXPECT_EQ(scanners().back().name, "portable");
  EXPECT_EQ(best_scanner().name, scanners().front().name);
}

TEST(Scanners, AllFindTheSameOnThisProcessor) {
  std::mt19937 random(3);
  const Scanner& portable = scanners().back();
  for (int i = 0; i < 3'000; ++i) {
    const std::string text = random_block(random, random() % 300);
    const char* const p = text.data() + random() % (text.size() - kReadableAfterBlock);
    for (const char wanted : {'"', ' ', '\n', '\\', '\xff'}) {
      bool expected = false;
      const char* const end = portable.find_and_note(p, wanted, expected);
      for (const Scanner& scanner : scanners()) {
        bool backslash = false;
        ASSERT_EQ(scanner.find(p, wanted), end) << scanner.name;
        ASSERT_EQ(scanner.find_and_note(p, wanted, backslash), end) << scanner.name;
        ASSERT_EQ(backslash, expected) << scanner.name;
      }
      ASSERT_EQ(find_or_newline(p, wanted), end);
    }
  }
}

TEST(Scanners, ABackslashBeforeTheValueOrBehindItIsNotNoted) {
  const std::string text = "\\abc\"\\\n" + std::string(kReadableAfterBlock, '\\');
  for (const Scanner& scanner : scanners()) {
    bool backslash = false;
    EXPECT_EQ(scanner.find_and_note(text.data() + 1, '"', backslash), text.data() + 4);
    EXPECT_FALSE(backslash) << scanner.name;
  }
}

}  // namespace
}  // namespace wayside
