#include "exporters/prometheus/format/deflate_tokens.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "exporters/prometheus/format/deflate_matcher.h"

namespace wayside {
namespace {

// The table of RFC 1951, 3.2.5.
constexpr std::size_t kBases[] = {1,    2,    3,    4,    5,    7,    9,    13,    17,    25,
                                  33,   49,   65,   97,   129,  193,  257,  385,   513,   769,
                                  1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};

std::size_t distance_of(Token token) {
  return kBases[(token & kTokenKindMask) - kDistanceKinds] + (token >> kTokenKindBits);
}

TEST(DeflateTokens, EveryDistanceIsItsSymbolAndWhatThatLeavesOpen) {
  for (std::size_t distance = 1; distance <= kWindow; ++distance) {
    const Token token = distance_token(distance);
    ASSERT_LT(token & kTokenKindMask, kTokenKinds);
    ASSERT_EQ(distance_of(token), distance);
    const std::size_t symbol = (token & kTokenKindMask) - kDistanceKinds;
    ASSERT_LT(token >> kTokenKindBits, 1U << distance_open_bits(symbol));
  }
}

void add_text(const Tokens& tokens, std::string& text) {
  for (std::size_t i = 0; i < tokens.size; ++i) {
    const Token token = tokens.tokens[i];
    if (token < 256) {
      text += static_cast<char>(token);
      continue;
    }
    const std::size_t distance = distance_of(tokens.tokens[++i]);
    for (std::size_t n = token - kLengthKinds; n > 0; --n) text += text[text.size() - distance];
  }
}

TEST(DeflateMatcher, ALineLikeTheLastIsWhatDiffersAndTwoMatches) {
  const std::string page =
      "requests_total{route=\"/api/students/17\",status=\"200\"} 365\n"
      "requests_total{route=\"/api/students/18\",status=\"200\"} 412\n"
      "requests_total{route=\"/api/students/19\",status=\"200\"} 507\n"
      "requests_total{route=\"/api/students/20\",status=\"200\"} 598\n";
  const auto tokens = std::make_unique<Tokens>();
  DeflateMatcher matcher;
  matcher.begin(page);
  EXPECT_TRUE(matcher.take(*tokens));
  std::string text;
  add_text(*tokens, text);
  EXPECT_EQ(text, page);
  std::size_t matches = 0;
  for (std::size_t i = 0; i < tokens->size; ++i) {
    matches += tokens->tokens[i] > 255 && tokens->tokens[i] < kDistanceKinds ? 1 : 0;
  }
  EXPECT_EQ(matches, 6U);
}

TEST(DeflateMatcher, GoesOnWhereTheTokensWereFull) {
  std::string piece;
  for (std::size_t i = 0; piece.size() < DeflateMatcher::kMaxPiece; ++i) {
    piece += static_cast<char>(i * i * 2'654'435'761U >> 24);
  }
  const auto tokens = std::make_unique<Tokens>();
  DeflateMatcher matcher;
  matcher.begin(piece);
  std::string text;
  for (bool whole = false; !whole; tokens->size = 0) {
    whole = matcher.take(*tokens);
    EXPECT_TRUE(whole || tokens->full());
    add_text(*tokens, text);
  }
  EXPECT_TRUE(text == piece);
}

}  // namespace
}  // namespace wayside
