#include "agent/requests/redaction.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "agent/core/labels.h"

namespace wayside {
namespace {

std::string shown(std::string_view target, const RequestRules& rules = {}) {
  const auto redaction = Redaction::create(rules);
  return redaction ? redaction.value().show(target) : "refused: " + redaction.error().message;
}

RequestRules with_query() {
  RequestRules rules;
  rules.show_query = true;
  return rules;
}

TEST(Redactions, QueriesAreLeftOutUnlessAskedFor) {
  EXPECT_EQ(shown("/api/students/123?name=x#y"), "/api/students/123");
  EXPECT_EQ(shown("/api/students/123?name=x#y", with_query()), "/api/students/123?name=x");
}

TEST(Redactions, PatternsAreReplaced) {
  RequestRules rules = with_query();
  rules.redact = {"tok=[^&]*", "/reset/[^/?]+"};
  EXPECT_EQ(shown("/reset/me?a=1&tok=hello&b=2", rules), "[redacted]?a=1&[redacted]&b=2");
}

TEST(Redactions, SecretsInSegmentsAreMaskedWithoutPatterns) {
  for (const std::string_view secret :
       {"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709", "550e8400e29b41d4a716446655440000",
        "ZXlKaGJHY2lPaUpJVXpJMU5pSjk", "V1StGXR8_Z5jdHi6B-myT",
        "%64%61%33%39%61%33%65%65%35%65%36%62%34%62%30%64%33%32%35%35%62%66"}) {
    EXPECT_EQ(shown("/reset/" + std::string(secret) + "/confirm"), "/reset/[redacted]/confirm");
  }
}

TEST(Redactions, IdsAndWordsStay) {
  for (const std::string_view path :
       {"/api/students/123", "/u/550e8400-e29b-41d4-a716-446655440000",
        "/u/01ARZ3NDEKTSV4RRFFQ69G5FAV", "/u/507f1f77bcf86cd799439011",
        "/u/123456789012345678901234567890", "/u/3f9c2b1d",
        "/blog/how-to-fix-your-slow-redis-cache-in-2026", "/a%20b/c", "/", "//a//"}) {
    EXPECT_EQ(shown(path), path);
  }
}

TEST(Redactions, ParametersOfSegmentsAreMasked) {
  EXPECT_EQ(shown("/a;jsessionid=8F2C/b"), "/a;[redacted]/b");
}

TEST(Redactions, ShortTokensBehindASegmentThatNamesThemAreMasked) {
  EXPECT_EQ(shown("/password-reset/8f2c/confirm"), "/password-reset/[redacted]/confirm");
  EXPECT_EQ(shown("/api/token/550e8400-e29b-41d4-a716-446655440000"), "/api/token/[redacted]");
  EXPECT_EQ(shown("/auth/login"), "/auth/login");
  EXPECT_EQ(shown("/auth/v2/users/1234"), "/auth/v2/users/1234");
}

TEST(Redactions, QueriesInDisguiseAreMasked) {
  EXPECT_EQ(shown("/a%3Ftoken=hello/b"), "/[redacted]/b");
  EXPECT_EQ(shown("/cb/token%3Dhello"), "/cb/[redacted]");
  EXPECT_EQ(shown("/a?next=/b%3Ftoken%3Dhello&x=1", with_query()), "/a?next=[redacted]&x=1");
}

TEST(Redactions, ValuesOfSecretKeysAreMasked) {
  EXPECT_EQ(shown("/a?page=2&token=x&api_key=y&Access-Token=z&code=1&sort=name", with_query()),
            "/a?page=2&token=[redacted]&api_key=[redacted]&Access-Token=[redacted]&"
            "code=[redacted]&sort=name");
  EXPECT_EQ(shown("/a?%74oken=x&PASSWORD=&user_session=1", with_query()),
            "/a?%74oken=[redacted]&PASSWORD=[redacted]&user_session=[redacted]");
  EXPECT_EQ(shown("/a?da39a3ee5e6b4b0d3255bfef95601890afd80709", with_query()), "/a?[redacted]");
}

TEST(Redactions, CredentialsOfAFullUrlAreNotShown) {
  EXPECT_EQ(shown("http://user:pass@host/a"), "/a");
}

TEST(Redactions, UselessPatternsAreRefused) {
  RequestRules rules;
  rules.redact = {"token=("};
  EXPECT_NE(shown("/a", rules).find("does not compile"), std::string::npos);
  EXPECT_NE(pattern_fault("a*").find("empty text"), std::string::npos);
  EXPECT_EQ(pattern_fault("token=[^&]*"), "");
}

TEST(Redactions, AnyBytesBecomeShortValidText) {
  std::mt19937 random(11);
  RequestRules rules = with_query();
  rules.redact = {"x[^y]"};
  for (int i = 0; i < 300; ++i) {
    std::string path(1 + random() % 20'000, ' ');
    for (char& c : path) c = static_cast<char>(random());
    path[0] = '/';
    const std::string text = shown(path, rules);
    ASSERT_TRUE(is_utf8(text));
    ASSERT_LE(text.size(), kMaxShownPath);
  }
  EXPECT_EQ(shown("/" + std::string(65'536, 'a')), "");
  EXPECT_EQ(shown("/caf\xc3\xa9"), "/caf\xc3\xa9");
}

}  // namespace
}  // namespace wayside
