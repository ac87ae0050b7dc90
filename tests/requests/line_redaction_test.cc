// Lines that could not be read, as logs and pages show them.
#include <gmock/gmock.h>

#include <random>
#include <vector>

#include "agent/core/labels.h"
#include "agent/requests/redaction.h"

namespace wayside {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string shown(std::string_view line, const RequestRules& rules = {}) {
  return Redaction::create(rules).value().show_line(line);
}

TEST(LineRedactions, HarmlessLinesStayAsTheyAre) {
  for (
      const std::string_view line :
      {R"(10.0.0.9 - - [23/Nov/2026:22:31:31 +0000] "GET /api/students/1 HTTP/1.1" 2x0 612 "-")",
       R"({"level":"info","message":"Request completed","method":"GET","duration":"12ms"})",
       R"(2026-11-23T22:31:31.000Z api[42]: request 550e8400-e29b-41d4-a716-446655440000 took 3 s)",
       "", "\x01\x02 rubbish"}) {
    EXPECT_EQ(shown(line), line);
  }
}

TEST(LineRedactions, WhateverLooksSecretIsNotShown) {
  const std::string secret = "s3cr3t-v4lue";
  const std::vector<std::string> lines = {
      "GET /a?x=1&token=" + secret + " HTTP/1.1",
      "GET /a?" + secret + "\" 200",
      "http://user:" + secret + "@host/a",
      "redis://:" + secret + "@10.0.0.1:6379/0",
      R"({"password":")" + secret + R"(","user":"x"})",
      R"({"password" : ")" + secret + R"("})",
      R"({"msg":"{\"access_token\":\")" + secret + R"(\"}"})",
      R"({"secret":{"value":")" + secret + R"("}})",
      R"({"api_keys":[")" + secret + R"("]})",
      "Authorization: Bearer " + secret,
      R"("authorization":"Basic )" + secret + R"(")",
      "Cookie: theme=dark; sid=" + secret,
      "set-cookie=a=1; session=" + secret,
      "api-key=" + secret + " next=1",
      "x;jsessionid=" + secret,
      "pass%77ord=" + secret,
      "PASSWORD='" + secret + "'",
      "{:token=>'" + secret + "'}",
      R"(token= "password": ")" + secret + R"(")",
      "token=password: " + secret,
  };
  for (const std::string& line : lines) {
    EXPECT_THAT(shown(line), Not(HasSubstr(secret))) << line;
    EXPECT_THAT(shown(line), HasSubstr("[redacted]")) << line;
  }
  EXPECT_THAT(shown("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N"), "[redacted]");
  EXPECT_EQ(shown("key da39a3ee5e6b4b0d3255bfef95601890afd80709 end"), "key [redacted] end");
}

TEST(LineRedactions, WhatStandsBehindASecretIsShown) {
  EXPECT_EQ(shown(R"({"token":"abc","status":200})"), R"({"token":"[redacted]","status":200})");
  EXPECT_EQ(shown("token=abc&page=2"), "token=[redacted]&page=2");
  EXPECT_EQ(shown("GET /a?b HTTP/1.1"), "GET /a?[redacted] HTTP/1.1");
}

TEST(LineRedactions, TheUsersPatternsAndNetworksApply) {
  RequestRules rules;
  rules.redact = {"student-[0-9]+"};
  rules.anonymize_who = true;
  EXPECT_EQ(shown("192.0.2.7 2001:db8:1:2::3 student-77 1.2.3", rules),
            "192.0.2.0/24 2001:db8:1::/48 [redacted] 1.2.3");
}

TEST(LineRedactions, NoHalfOfASecretIsLeftByACut) {
  const std::string token = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
  for (std::size_t before = 980; before < 1'030; ++before) {
    // The queries vanish, so that what stands far behind is shown.
    const std::string line = "a?" + std::string(before, 'x') + " " + token;
    EXPECT_THAT(shown(line), Not(HasSubstr("da39"))) << before;
  }
}

TEST(LineRedactions, AnyBytesBecomeShortValidText) {
  std::mt19937 random(11);
  constexpr std::string_view kParts[] = {"token", "=",    ":",        "\"", "\\", "?",
                                         "://",   "@",    " ",        "{",  "[",  "%",
                                         "%4",    "\xff", "\xe2\x82", "'",  "a"};
  for (int i = 0; i < 3'000; ++i) {
    std::string line;
    for (std::size_t n = random() % 400; n > 0; --n) line += kParts[random() % std::size(kParts)];
    const std::string text = shown(line);
    ASSERT_TRUE(is_utf8(text));
    ASSERT_LE(text.size(), kMaxShownLine);
  }
}

}  // namespace
}  // namespace wayside
