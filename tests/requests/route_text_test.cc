#include "agent/requests/route_text.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "agent/requests/char_class.h"

namespace wayside {
namespace {

// Read both ways: with bytes behind it that are readable, which must change nothing, and without.
std::string templated(std::string_view target) {
  TemplateBuffer buffer;
  const std::string slow(path_template(target, buffer));
  for (const char behind : {'/', 'a', '7', '?'}) {
    const std::string text = std::string(target) + std::string(kPathWindow, behind);
    EXPECT_EQ(path_template(std::string_view(text).substr(0, target.size()), buffer, true), slow);
  }
  return slow;
}

struct Row {
  std::string_view target, becomes;
};

TEST(Routes, PathsBecomeTemplates) {
  const std::vector<Row> rows = {
      {"/", "/"},
      {"//", "/"},
      {"/?a=1", "/"},
      {"/api/students/123", "/api/students/:id"},
      {"/api/students/123/", "/api/students/:id"},
      {"//api///students//123", "/api/students/:id"},
      {"/api/students/123?fields=name#top", "/api/students/:id"},
      {"/api/students#123/4", "/api/students"},
      {"/api/students/?", "/api/students"},
      {"/v1/users/550e8400-e29b-41d4-a716-446655440000/orders/7", "/v1/users/:uuid/orders/:id"},
      {"/reports/2026-11-23/pdf", "/reports/:date/pdf"},
      {"/static/app.3f9c2b1d.js", "/static/:name"},
      {"/static/app.js", "/static/app.js"},
      {"/a;jsessionid=8F2C/b;x=1?y", "/a/b"},
      {"/;v=1/a", "/a"},
      {"http://example.com/api/5", "/api/:id"},
      {"https://example.com", "/"},
      {"https://example.com?x=/a", "/"},
      {"/students/20261123", "/students/:date"},
      {"/students/12345678", "/students/:id"},
  };
  for (const Row& row : rows) EXPECT_EQ(templated(row.target), row.becomes) << row.target;
}

// Whatever stands beside a segment, it becomes what it becomes alone.
TEST(Routes, PlainSegmentsReadAlikeWhereverTheyStand) {
  const std::vector<std::string> pieces = {
      "a",          "ab",       "students", "studentss", "1", "1234567", "12345678",
      "20261123",   "a1",       "1a",       "v2",        "A", "x-y",     "%41",
      "2026-11-23", "abcdefgh", "abcdefg1", "",          "~", "{z"};
  std::mt19937 random(7);
  for (int i = 0; i < 20'000; ++i) {
    std::string path, expected;
    for (std::size_t n = 1 + random() % 5; n > 0; --n) {
      const std::string& piece = pieces[random() % pieces.size()];
      path += "/" + piece;
      if (!piece.empty()) expected += templated("/" + piece);
    }
    const std::string query = random() % 2 == 0 ? "" : "?q=/1/a";
    EXPECT_EQ(templated(path + query), expected.empty() ? "/" : expected) << path << query;
  }
}

TEST(Routes, WhatHasNoPathHasNoTemplate) {
  for (const std::string_view target :
       {"", "*", "-", "example.com:443", "api/students", "?a=1", "://x/y", "\x16\x03\x01", " /a"}) {
    EXPECT_EQ(templated(target), "") << target;
  }
}

TEST(Routes, EscapesAreDecodedAndNeverShownRaw) {
  const std::vector<Row> rows = {
      {"/%61pi/students", "/api/students"},        {"/students/%31%32", "/students/:id"},
      {"/students/John%20Doe", "/students/:name"}, {"/students/caf%C3%A9", "/students/:name"},
      {"/students/a%2Fb", "/students/:name"},      {"/students/a%3Fb", "/students/:name"},
      {"/students/%25", "/students/:name"},        {"/students/%", "/students/:name"},
      {"/students/%4", "/students/:name"},         {"/students/%zz", "/students/:name"},
      {"/students/abc%", "/students/:name"},       {"/students/%00", "/students/:name"},
      {"/mail/alice%40example.com", "/mail/:id"},  {"/on/2026-11-23T22%3A31%3A31Z", "/on/:date"},
  };
  for (const Row& row : rows) EXPECT_EQ(templated(row.target), row.becomes) << row.target;
}

TEST(Routes, SegmentsAndBytesAreBounded) {
  std::string deep;
  for (int i = 0; i < 16; ++i) deep += "/a";
  EXPECT_EQ(templated(deep), deep);
  EXPECT_EQ(templated(deep + "/"), deep);
  EXPECT_EQ(templated(deep + "/b"), deep.substr(0, 30) + "/:rest");

  const std::string word(60, 'w');
  const std::string wide = "/" + word + "/" + word + "/" + word + "/" + word;
  EXPECT_EQ(templated(wide), "/" + word + "/" + word + "/" + word + "/:rest");
  EXPECT_EQ(templated("/" + std::string(65'536, 'a') + "/b"), "/:id/b");
}

bool is_shown_safely(std::string_view text) {
  for (const char c : text) {
    if (c != '/' && (chars::of(c) & (chars::kStrange | chars::kPercent | chars::kStop)) != 0) {
      return false;
    }
  }
  return text.size() <= kMaxTemplate && text.substr(0, 1) == "/";
}

// Paths from pieces that are likely to meet, so that rules meet as well.
std::string random_path(std::mt19937& random) {
  static const std::vector<std::string> pieces = {"/",
                                                  "//",
                                                  "api",
                                                  "a",
                                                  "1",
                                                  "23",
                                                  "2026",
                                                  "-",
                                                  "_",
                                                  ".",
                                                  "%",
                                                  "%2",
                                                  "%41",
                                                  "%2F",
                                                  "?",
                                                  "#",
                                                  ";",
                                                  ":",
                                                  ":id",
                                                  ":rest",
                                                  ":name",
                                                  "@",
                                                  "=",
                                                  ",",
                                                  "~",
                                                  "$",
                                                  "+",
                                                  "\xff",
                                                  "\xc3\xa9",
                                                  "V",
                                                  "dead",
                                                  "BEEF",
                                                  "js",
                                                  ".js",
                                                  "*",
                                                  "{id}",
                                                  " ",
                                                  std::string(1, '\0'),
                                                  std::string(40, 'x')};
  std::string path = random() % 8 == 0 ? "" : "/";
  const std::size_t count = random() % 40;
  for (std::size_t i = 0; i < count; ++i) path += pieces[random() % pieces.size()];
  return path;
}

TEST(Routes, ATemplatesTemplateIsItself) {
  std::mt19937 random(20261123);
  for (int i = 0; i < 40'000; ++i) {
    const std::string path = random_path(random);
    const std::string once = templated(path);
    if (once.empty()) continue;
    ASSERT_TRUE(is_shown_safely(once)) << path << " gave " << once;
    ASSERT_EQ(templated(once), once) << "from " << path;
  }
}

TEST(Routes, AnyBytesAreTaken) {
  std::mt19937 random(7);
  for (int i = 0; i < 2'000; ++i) {
    std::string path(random() % 3'000, ' ');
    for (char& c : path) c = static_cast<char>(random());
    path.insert(0, "/");
    const std::string once = templated(path);
    ASSERT_TRUE(is_shown_safely(once));
    ASSERT_EQ(templated(once), once);
  }
}

}  // namespace
}  // namespace wayside
