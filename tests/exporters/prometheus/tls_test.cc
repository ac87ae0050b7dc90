// TLS on the endpoint: who gets a session, who is refused and why.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include "tests/exporters/prometheus/tls_world.h"

namespace wayside::test {
namespace {

using support::TlsClient;
using support::TlsManner;
using testing::HasSubstr;

double failures(const World& world, const std::string& reason) {
  return world.counted("wayside_http_tls_failures_total", reason);
}

// That this client gets no answer, and that this is counted as `reason`.
void expect_refused(const World& world, const TlsManner& manner, const std::string& reason) {
  const double before = failures(world, reason);
  EXPECT_EQ(tls_get(world.port(), manner, "/-/healthy"), "");
  EXPECT_TRUE(eventually([&] { return failures(world, reason) == before + 1; })) << reason;
  EXPECT_EQ(failures(world, ""), world.ended("handshake"));
}

TEST(Tls, AScrapeIsTheSameAsWithoutIt) {
  const Papers papers;
  World world(50'000, {}, papers.config());
  EXPECT_EQ(world.endpoint->url(), "https://127.0.0.1:" + std::to_string(world.port()));
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsManner manner = papers.manner();
    manner.least_version = manner.most_version = version;
    const std::string answer = tls_get(world.port(), manner, "/metrics");
    EXPECT_EQ(status_of(answer), 200);
    const std::string body = body_of(answer);
    EXPECT_EQ(std::count(body.begin(), body.end(), '\n'), 50'002);
    EXPECT_THAT(field_of(answer, "Strict-Transport-Security"), HasSubstr("max-age="));
  }
  EXPECT_TRUE(eventually([&] { return world.ended("answered") == 2; }));
  ASSERT_FALSE(world.requests.told().empty());
  EXPECT_EQ(world.requests.told()[0].client, "127.0.0.1");
}

TEST(Tls, AnAnswerThatEndsWithTheConnectionSaysThatItEnds) {
  const Papers papers;
  World world(50'000, {}, papers.config());
  TlsClient client(world.port(), papers.manner());
  client.send("GET /metrics HTTP/1.0\r\n\r\n");
  const std::string body = body_of(client.read_all());
  EXPECT_EQ(std::count(body.begin(), body.end(), '\n'), 50'002);
  EXPECT_TRUE(client.ended_well());
}

TEST(Tls, OldVersionsAreRefused) {
  const Papers papers;
  World world(3, {}, papers.config());
  for (const int version : {TLS1_VERSION, TLS1_1_VERSION}) {
    TlsManner old = papers.manner();
    old.least_version = old.most_version = version;
    expect_refused(world, old, "version");
  }
  PrometheusConfig newest = papers.config();
  newest.tls->min_version = TlsConfig::Version::v1_3;
  World strict(3, {}, newest);
  TlsManner manner = papers.manner();
  manner.most_version = TLS1_2_VERSION;
  expect_refused(strict, manner, "version");
  EXPECT_EQ(status_of(tls_get(strict.port(), papers.manner(), "/-/healthy")), 200);
}

TEST(Tls, ClientsWithoutACertificateOrWithAWrongOneAreRefused) {
  const Papers papers;
  World world(3, {}, papers.mutual());
  const support::Authority stranger(papers.dir.path(), "stranger");
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsManner manner = papers.manner();
    manner.least_version = manner.most_version = version;
    expect_refused(world, manner, "no_certificate");
    manner.identity = stranger.issue("unknown");
    expect_refused(world, manner, "bad_certificate");
    manner.identity = papers.ca.issue("expired", -1);
    expect_refused(world, manner, "bad_certificate");
    manner.identity = papers.client;
    EXPECT_EQ(status_of(tls_get(world.port(), manner, "/-/healthy")), 200);
  }
}

TEST(Tls, AnOptionalCertificateMayBeAbsentButNotWrong) {
  const Papers papers;
  PrometheusConfig config = papers.mutual();
  config.tls->client_cert = TlsConfig::ClientCert::optional;
  World world(3, {}, config);
  EXPECT_EQ(status_of(tls_get(world.port(), papers.manner(), "/-/healthy")), 200);
  const support::Authority stranger(papers.dir.path(), "stranger");
  expect_refused(world, {.ca = papers.ca.file(), .identity = stranger.issue("unknown")},
                 "bad_certificate");
}

TEST(Tls, AClientThatDoesNotKnowOurCaIsCounted) {
  const Papers papers;
  World world(3, {}, papers.config());
  const support::Authority stranger(papers.dir.path(), "stranger");
  expect_refused(world, {.ca = stranger.file()}, "refused_by_peer");
}

TEST(Tls, PlainHttpIsRefusedAndCounted) {
  const Papers papers;
  World world(3, {}, papers.config());
  const std::string answer = get(world.port(), "/metrics");
  EXPECT_EQ(status_of(answer), 400);
  EXPECT_EQ(body_of(answer), "This port speaks HTTPS\n");
  EXPECT_EQ(failures(world, "plain_http"), 1);
  EXPECT_TRUE(eventually([&] { return world.ended("refused") == 1; })) << world.ended("refused");
}

TEST(Tls, RubbishForAHelloIsRefused) {
  const Papers papers;
  World world(3, {}, papers.config());
  const std::string hello = support::client_hello();
  std::string cut = hello.substr(0, hello.size() / 2);
  cut.append(hello.size() - cut.size(), '\xff');
  for (const std::string& bytes : {cut, std::string("\x16\x03\x01\xff\xff\x01\xff\xff\xff", 9),
                                   std::string("\x16\x03\x03\x00\x05\x01\x00\x00\x01\x00", 10)}) {
    EXPECT_THAT(round_trip(world.port(), bytes), testing::Not(HasSubstr("HTTP")));
  }
  EXPECT_TRUE(eventually([&] { return world.ended("handshake") == 3; }));
  EXPECT_EQ(status_of(tls_get(world.port(), papers.manner(), "/-/healthy")), 200);
}

TEST(Tls, OtherProtocolsThanHttpAreRefused) {
  const Papers papers;
  World world(3, {}, papers.config());
  TlsManner manner = papers.manner();
  manner.protocol = "http/1.1";
  EXPECT_EQ(status_of(tls_get(world.port(), manner, "/-/healthy")), 200);
  manner.protocol = "smtp";
  EXPECT_EQ(tls_get(world.port(), manner, "/-/healthy"), "");
}

TEST(Tls, HostileHttpIsRefusedWithinItAsWithoutIt) {
  const Papers papers;
  World world(3, {}, papers.config());
  const std::string reload = "POST /-/reload HTTP/1.1\r\nHost: x\r\n";
  std::string flood = reload + "Transfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 20; ++i) flood += "1000\r\n" + std::string(4096, 'x') + "\r\n";
  const std::pair<std::string, int> cases[] = {
      {"GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(20'000, 'a') + "\r\n\r\n", 431},
      {reload + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
      {reload + "Content-Length: 5\r\nContent-Length: 5\r\n\r\n", 400},
      {reload + "Content-Length: 65537\r\n\r\nbody", 413},
      {flood, 413},
      {"GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", 404},
      {"GET /%2e%2e/etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n", 404},
      {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
      {std::string("GET /\0 HTTP/1.0\r\n\r\n", 19), 400},
  };
  for (const auto& [request, status] : cases) {
    EXPECT_EQ(status_of(tls_round_trip(world.port(), papers.manner(), request)), status) << request;
  }
  EXPECT_EQ(world.reloads, 0);
  EXPECT_EQ(status_of(tls_get(world.port(), papers.manner(), "/-/healthy")), 200);
}

TEST(Tls, ReloadSaysWhyToThoseWhoMayKnow) {
  const Papers papers;
  World world(3, {}, papers.config());
  world.reload_error = "wayside.yaml:3:1: unknown key";
  const std::string answer =
      tls_round_trip(world.port(), papers.manner(), "POST /-/reload HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(status_of(answer), 500);
  EXPECT_THAT(answer, HasSubstr("wayside.yaml:3:1")) << "it is asked from this host";
}

}  // namespace
}  // namespace wayside::test
