#include "agent/requests/path_key.h"

#include <gtest/gtest.h>

#include <cstring>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "agent/requests/route_text.h"

namespace wayside {
namespace {

// What all keyers of this processor say of a path; they must say the same.
std::optional<std::string> key_of(std::string_view path, char behind = '/') {
  const std::string padded = std::string(path) + std::string(PathKey::kSize, behind);
  std::optional<std::string> first;
  bool asked = false;
  for (const PathKeyer& keyer : path_keyers()) {
    PathKey key;
    std::optional<std::string> text;
    if (keyer.find(padded.data(), path.size(), key)) {
      text = std::string(key.bytes.data(), strnlen(key.bytes.data(), PathKey::kSize));
      for (std::size_t i = text->size(); i < PathKey::kSize; ++i) EXPECT_EQ(key.bytes[i], 0);
    }
    if (!asked) first = text;
    EXPECT_EQ(text, first) << keyer.name << ": " << path;
    asked = true;
  }
  return first;
}

std::string template_of(std::string_view path) {
  TemplateBuffer buffer;
  return std::string(path_template(path, buffer));
}

TEST(PathKeys, NumbersAreOneByteAndAllElseStays) {
  EXPECT_EQ(key_of("/"), "/");
  EXPECT_EQ(key_of("/api/students"), "/api/students");
  EXPECT_EQ(key_of("/api/students/7"), "/api/students/\1");
  EXPECT_EQ(key_of("/api/students/1234567/orders/9"), "/api/students/\1/orders/\1");
  EXPECT_EQ(key_of("/1/2/3"), "/\1/\1/\1");
  EXPECT_EQ(key_of("/api/v1/Time-table_a.b"), "/api/v1/Time-table_a.b");
  EXPECT_EQ(key_of("/api/students/123?page=2&x=%20"), "/api/students/\1");
  EXPECT_EQ(key_of("/a//5/"), "/a//\1/");
}

TEST(PathKeys, WhatLiesBehindThePathIsNotSeen) {
  for (const char behind : {'/', '5', 'a', '?', '\0'}) {
    EXPECT_EQ(key_of("/a/12", behind), "/a/\1");
    EXPECT_EQ(key_of("", behind), std::nullopt);
  }
}

TEST(PathKeys, ANumberThatMayBeADateHasNone) {
  EXPECT_EQ(key_of("/day/20261123"), std::nullopt);
  EXPECT_EQ(key_of("/day/20261123/x"), std::nullopt);
  EXPECT_EQ(key_of("/day/2026112"), "/day/\1");
  EXPECT_EQ(key_of("/day/202611234"), "/day/\1");
  EXPECT_EQ(key_of("/day/2026112320261123"), "/day/\1");
}

TEST(PathKeys, APathThatNeedsACloserLookHasNone) {
  for (const char* path : {"", "a/b", "*", "http://host/a", "/a/2fa", "/a/1-2", "/a/%41", "/a;x=1",
                           "/a#b", "/\xc3\xa9", "/a b", "/:id", "/a\x01"}) {
    EXPECT_EQ(key_of(path), std::nullopt) << path;
  }
}

TEST(PathKeys, AKeyEndsBeforeItsLastByte) {
  const std::string longest = "/" + std::string(62, 'a');
  EXPECT_EQ(key_of(longest), longest);
  EXPECT_EQ(key_of(longest + "b"), std::nullopt);
  EXPECT_EQ(key_of(longest + "?x"), longest);
  EXPECT_EQ(key_of("/a/" + std::string(60, '7')), "/a/\1");
  EXPECT_EQ(key_of("/a/" + std::string(61, '7')), std::nullopt);
}

TEST(PathKeys, ATemplateHasTheKeyOfItsPaths) {
  PathKey key;
  const std::string path = "/api/students/77/orders" + std::string(PathKey::kSize, 'x');
  ASSERT_TRUE(best_path_keyer().find(path.data(), 23, key));
  EXPECT_EQ(key_of_template("/api/students/:id/orders"), key);
}

TEST(PathKeys, ATemplateThatItsPathsDoNotHaveByThemselvesHasNone) {
  for (const char* text : {"/a/:uuid", "/a/:name/b", "/a/:rest", "/a/:ids", "/a/b:id",
                           "/files/ab12cd34", "/day/20261123", "/a/5", "/a/", "", "/%41"}) {
    EXPECT_EQ(key_of_template(text), PathKey{}) << text;
  }
  EXPECT_NE(key_of_template("/api/v1/:id"), PathKey{});
}

std::string random_path(std::mt19937& random) {
  static const std::vector<std::string> kParts = {
      "api", "v1",  "students", "12",       "4711", "20261123", "2fa", "a-b",     "ab12cd34ef56",
      "",    "A.b", "x_y",      "12345678", "0",    "%41",      ":id", "é",       "123456789",
      "me",  ".",   "2026-11",  "ID",       "a1b2", ":rest",    "-",   "deadbeef"};
  std::string path;
  for (std::size_t i = random() % 8; i > 0; --i) path += "/" + kParts[random() % kParts.size()];
  if (random() % 4 == 0) path += "?q=1";
  return path;
}

// The whole promise. A path may have the template without the key: one with a hex id has.
TEST(PathKeys, APathThatATemplatesKeyFindsHasThatTemplate) {
  std::mt19937 random(7);
  std::map<std::string, std::string> templates;  // by key
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = template_of(random_path(random));
    const PathKey key = key_of_template(text);
    if (key != PathKey{}) templates[key.bytes.data()] = text;
  }
  std::size_t found = 0;
  for (int i = 0; i < 50'000; ++i) {
    const std::string path = random_path(random);
    const auto key = key_of(path);
    const auto at = key ? templates.find(*key) : templates.end();
    if (at == templates.end()) continue;
    ++found;
    ASSERT_EQ(at->second, template_of(path)) << path;
  }
  EXPECT_GT(found, 5'000U);
}

TEST(PathKeys, EachTemplateOfAKeyIsTheSame) {
  std::mt19937 random(11);
  std::map<std::string, std::string> templates;
  for (int i = 0; i < 50'000; ++i) {
    const std::string path = random_path(random);
    const auto key = key_of(path);
    if (!key) continue;
    const auto [at, fresh] = templates.emplace(*key, template_of(path));
    ASSERT_TRUE(fresh || at->second == template_of(path)) << path << ": " << at->second;
  }
  EXPECT_GT(templates.size(), 1'000U);
}

}  // namespace
}  // namespace wayside
