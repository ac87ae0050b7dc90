#include "agent/requests/segment.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace wayside {
namespace {

struct Row {
  std::string_view segment;
  std::string_view becomes;
};

void expect_rows(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    EXPECT_EQ(placeholder(classify_segment(row.segment)), row.becomes) << row.segment;
  }
}

TEST(Segments, WordsStay) {
  for (const std::string_view word : {"api",
                                      "students",
                                      "order-history",
                                      "user_profile",
                                      "v1",
                                      "v2",
                                      "v2.1",
                                      "v10",
                                      "V3",
                                      "s3",
                                      "oauth2",
                                      "oauth2-callback",
                                      "getUserById",
                                      "GetStudents",
                                      "OAuth2AuthorizationServerConfiguration",
                                      "html5Video",
                                      "ipv6",
                                      "sha256",
                                      "base64encode",
                                      "covid19",
                                      "web2024",
                                      "favicon.ico",
                                      "robots.txt",
                                      "index.html",
                                      "sitemap.xml",
                                      "jquery.min.js",
                                      "jquery-3.6.0.min.js",
                                      "app.js",
                                      "logo@2x.png",
                                      "favicon-32x32.png",
                                      "icon-512.png",
                                      "404.html",
                                      "500.html",
                                      "50x.html",
                                      "projects:export",
                                      "_next",
                                      "$metadata",
                                      "~alice",
                                      ".well-known",
                                      "wp-login.php",
                                      ".env",
                                      "c++",
                                      "deadbeef",
                                      "facade",
                                      "decade",
                                      "health",
                                      "graphql",
                                      "a",
                                      "x",
                                      "-",
                                      "_",
                                      "..",
                                      "top-10",
                                      "step-1",
                                      "MixedCaseRoute",
                                      "SCREAMING_CASE",
                                      "how-to-fix-your-slow-redis-cache",
                                      "openid-configuration",
                                      "example.com",
                                      "v1.0.0-rc1",
                                      "mp4",
                                      "h264"}) {
    EXPECT_EQ(classify_segment(word), SegmentKind::word) << word;
  }
}

TEST(Segments, NumbersBecomeId) {
  expect_rows({{"0", ":id"},
               {"7", ":id"},
               {"123", ":id"},
               {"2026", ":id"},
               {"18446744073709551616", ":id"},
               {"-5", ":id"},
               {"12.5", ":id"},
               {"12.97,77.59", ":id"},
               {"10.0.0.1", ":id"},
               {"10:30", ":id"},
               {"555-0199", ":id"},
               {"99999999", ":id"}});
}

TEST(Segments, UuidsBecomeUuid) {
  expect_rows({{"550e8400-e29b-41d4-a716-446655440000", ":uuid"},
               {"550E8400-E29B-41D4-A716-446655440000", ":uuid"},
               {"00000000-0000-0000-0000-000000000000", ":uuid"},
               {"01890a5d-ac96-774b-bcce-b302099a8057", ":uuid"},
               {"550e8400e29b41d4a716446655440000", ":id"},
               {"550e8400-e29b-41d4-a716-44665544000g", ":id"}});
}

TEST(Segments, TokensBecomeId) {
  expect_rows({{"01ARZ3NDEKTSV4RRFFQ69G5FAV", ":id"},
               {"01arz3ndektsv4rrffq69g5fav", ":id"},
               {"507f1f77bcf86cd799439011", ":id"},
               {"3f9c2b1d", ":id"},
               {"3F9C2B1D", ":id"},
               {"da39a3ee5e6b4b0d3255bfef95601890afd80709", ":id"},
               {"cjld2cjxh0000qzrmn831i7rn", ":id"},
               {"V1StGXR8_Z5jdHi6B-myT", ":id"},
               {"dQw4w9WgXcQ9", ":id"},
               {"cus_NffrFeUfNV2Hib", ":id"},
               {"pi_3MtwBwLkdIwHu7ix28a3tqPa", ":id"},
               {"c2FtcGxlLXRva2Vu", ":id"},
               {"ZXlKaGJHY2lPaUpJVXpJMU5pSjk", ":id"},
               {"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N", ":id"},
               {"QwErTyUiOpAsDfGhJkLz", ":id"}});
}

TEST(Segments, NumbersInNamesBecomeId) {
  expect_rows({{"order-4567", ":id"},
               {"user_123", ":id"},
               {"CS2021001", ":id"},
               {"21BCE1234", ":id"},
               {"123-some-title", ":id"},
               {"my-article-3f9c2b1d4e5a", ":id"},
               {"ticket-20459-open", ":id"},
               {"alice@example.com", ":id"},
               {"first.last+tag@mail.example.org", ":id"}});
}

TEST(Segments, DatesBecomeDate) {
  expect_rows({{"2026-11-23", ":date"},
               {"2026_11_23", ":date"},
               {"2026.11.23", ":date"},
               {"20261123", ":date"},
               {"2026-11", ":date"},
               {"2026-W47", ":date"},
               {"23-11-2026", ":date"},
               {"2026-11-23T22:31:31Z", ":date"},
               {"2026-13-01", ":id"},
               {"20261345", ":id"},
               {"2024-2025", ":id"},
               {"1234-56", ":id"}});
}

TEST(Segments, FilesWithHashesOrNumbersBecomeName) {
  expect_rows({{"app.3f9c2b1d.js", ":name"},
               {"main-ab12cd34ef56.chunk.css", ":name"},
               {"index-4sK2jQ9z.js", ":name"},
               {"123.pdf", ":name"},
               {"invoice-20261123.pdf", ":name"},
               {"IMG_1234.jpg", ":name"},
               {"550e8400-e29b-41d4-a716-446655440000.png", ":name"},
               {"507f1f77bcf86cd799439011.json", ":name"}});
}

TEST(Segments, WhatNoTemplateShouldShowBecomesName) {
  expect_rows({{"John Doe", ":name"},
               {"caf\xc3\xa9", ":name"},
               {"\xff\xfe", ":name"},
               {std::string_view("a\0b", 3), ":name"},
               {"<script>", ":name"},
               {"a\"b", ":name"},
               {"a\\b", ":name"},
               {"a\nb", ":name"},
               {"100%", ":name"},
               {"a/b", ":name"},
               {"{id}", ":name"},
               {"lat=x", ":name"},
               {"@alice", ":name"}});
}

TEST(Segments, PlaceholdersAreThemselves) {
  for (const std::string_view text : {":id", ":uuid", ":date", ":name", ":rest"}) {
    EXPECT_EQ(placeholder(classify_segment(text)), text);
  }
  EXPECT_EQ(placeholder(classify_segment(":studentId")), ":id");
}

TEST(Segments, LongOnesAreNeverWords) {
  EXPECT_EQ(classify_segment(std::string(64, 'a')), SegmentKind::word);
  EXPECT_EQ(classify_segment(std::string(65, 'a')), SegmentKind::id);
}

TEST(Segments, UlidsNeedTheirAlphabetAndLength) {
  EXPECT_TRUE(is_ulid("01ARZ3NDEKTSV4RRFFQ69G5FAV"));
  EXPECT_FALSE(is_ulid("01ARZ3NDEKTSV4RRFFQ69G5FA"));
  EXPECT_FALSE(is_ulid("81ARZ3NDEKTSV4RRFFQ69G5FAV"));
  EXPECT_FALSE(is_ulid("01ARZ3NDEKTSV4RRFFQ69G5FAU"));
  EXPECT_FALSE(is_ulid("01arz3NDEKTSV4RRFFQ69G5FAV"));
}

}  // namespace
}  // namespace wayside
