// What every answer tells browsers, whatever it is an answer to.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/exporters/prometheus/http_client.h"
#include "tests/exporters/prometheus/http_world.h"

namespace wayside::test {
namespace {

using testing::HasSubstr;

TEST(HttpHeaders, EveryAnswerHasThoseThatAScannerAsksFor) {
  World world;
  const std::string answers[] = {
      get(world.port(), "/"),
      get(world.port(), "/metrics"),
      get(world.port(), "/api/clients"),
      get(world.port(), "/nothing"),                                     // a page refused
      round_trip(world.port(), "DELETE / HTTP/1.1\r\nHost: x\r\n\r\n"),  // a method
      round_trip(world.port(), "GET / HTTP/1.1\r\n\r\n"),                // a head
      round_trip(world.port(), "HEAD /health HTTP/1.1\r\nHost: x\r\n\r\n"),
  };
  for (const std::string& answer : answers) {
    EXPECT_EQ(field_of(answer, "X-Content-Type-Options"), "nosniff") << answer;
    EXPECT_EQ(field_of(answer, "X-Frame-Options"), "DENY");
    EXPECT_EQ(field_of(answer, "Referrer-Policy"), "no-referrer");
    EXPECT_EQ(field_of(answer, "Cache-Control"), "no-store");
    EXPECT_EQ(field_of(answer, "Cross-Origin-Resource-Policy"), "same-origin");
    EXPECT_THAT(field_of(answer, "Content-Security-Policy"), HasSubstr("default-src 'none'"));
    EXPECT_EQ(field_of(answer, "Server"), "-");
    EXPECT_EQ(field_of(answer, "Strict-Transport-Security"), "-") << "this is no TLS";
  }
}

TEST(HttpHeaders, OnlyAPageOfHtmlMayLoadAnything) {
  World world;
  EXPECT_THAT(field_of(get(world.port(), "/"), "Content-Security-Policy"),
              HasSubstr("script-src 'self'"));
  EXPECT_EQ(field_of(get(world.port(), "/metrics"), "Content-Security-Policy"),
            "default-src 'none'; frame-ancestors 'none'");
}

}  // namespace
}  // namespace wayside::test
