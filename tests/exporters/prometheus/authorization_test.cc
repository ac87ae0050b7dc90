#include "exporters/prometheus/http/authorization.h"

#include <gtest/gtest.h>

namespace wayside {
namespace {

// "none", "wrong", "user|password" or "=token".
std::string shown(const std::string& value) {
  const Credentials credentials = parse_authorization(value);
  if (std::holds_alternative<NoCredentials>(credentials)) return "none";
  if (const auto* basic = std::get_if<BasicCredentials>(&credentials)) {
    return basic->user + "|" + basic->password;
  }
  if (const auto* bearer = std::get_if<BearerToken>(&credentials)) return "=" + bearer->token;
  return "wrong";
}

TEST(Authorization, IsReadStrictly) {
  const std::pair<std::string, std::string> cases[] = {
      {"", "none"},
      {" \t", "none"},
      {"Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Aladdin|open sesame"},  // RFC 7617, 2
      {"bASIC   QWxhZGRpbjpvcGVuIHNlc2FtZQ==  ", "Aladdin|open sesame"},
      {"Basic dGVzdDoxMjPCow==", "test|123\xc2\xa3"},  // the same, 2.1
      {"Basic Og==", "|"},
      {"Basic YTpiOmM=", "a|b:c"},
      {"Basic YTpi", "a|b"},
      {"Basic", "wrong"},
      {"Basic ", "wrong"},
      {"Basic YTpi YTpi", "wrong"},
      {"Basic YTpiOmM", "wrong"},                      // without its padding
      {"Basic YTpiOmN=", "wrong"},                     // bits left over
      {"Basic YTpi====", "wrong"},                     // padding alone
      {"Basic YT=iOmM=", "wrong"},                     // padding inside
      {"Basic YTpiOmM-", "wrong"},                     // base64url
      {"Basic YWJj", "wrong"},                         // no colon
      {"Basic YToAYg==", "wrong"},                     // NUL, at which crypt would end
      {"Basic YTpiCg==", "wrong"},                     // a newline
      {"Bearer mF_9.B5f-4.1JqM", "=mF_9.B5f-4.1JqM"},  // RFC 6750, 2.1
      {"BEARER abc==", "=abc=="},
      {"Bearer", "wrong"},
      {"Bearer ==", "wrong"},
      {"Bearer a=b", "wrong"},
      {"Bearer a b", "wrong"},
      {"Bearer a,b", "wrong"},
      {"Bearer \xff", "wrong"},
      {"Digest username=\"a\"", "wrong"},
      {"Negotiate abc", "wrong"},
      {"abc", "wrong"},
  };
  for (const auto& [value, expected] : cases) EXPECT_EQ(shown(value), expected) << value;
}

TEST(Authorization, IsBounded) {
  EXPECT_EQ(shown("Bearer " + std::string(4096, 'a')).size(), 4097U);
  EXPECT_EQ(shown("Bearer " + std::string(4097, 'a')), "wrong");
  std::string base64;
  for (int i = 0; i < 256; ++i) base64 += "Ojo6";  // 768 colons: 767 of password
  EXPECT_EQ(shown("Basic " + base64), "wrong");
  EXPECT_EQ(shown("Basic " + base64.substr(0, 640)), "|" + std::string(479, ':'));
}

TEST(Authorization, TokensHaveTheCharactersOfTheRfc) {
  EXPECT_TRUE(is_bearer_token("abcXYZ019-._~+/=="));
  for (const char* text : {"", "=", "a b", "a\n", "a\"", "ä"}) {
    EXPECT_FALSE(is_bearer_token(text)) << text;
  }
}

}  // namespace
}  // namespace wayside
