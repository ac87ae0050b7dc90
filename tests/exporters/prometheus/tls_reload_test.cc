// Certificates that change while the endpoint runs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/exporters/prometheus/tls_world.h"

namespace wayside::test {
namespace {

using support::TlsClient;
using testing::HasSubstr;

std::string server_name(const World& world, const Papers& papers) {
  return TlsClient(world.port(), papers.manner()).server_name();
}

// Ticks until the certificate that is shown is of this name.
bool comes_to(World& world, const Papers& papers, const std::string& name) {
  return eventually([&] {
    world.endpoint->tick();
    return server_name(world, papers) == name;
  });
}

void replace(const Papers& papers, const support::Identity& by) {
  std::filesystem::rename(by.cert, papers.server.cert);
  std::filesystem::rename(by.key, papers.server.key);
}

TEST(TlsReload, AChangedCertificateIsTakenWithoutARestart) {
  const Papers papers;
  World world(3, {}, papers.config());
  EXPECT_EQ(server_name(world, papers), "server");
  const double expires = world.counted("wayside_http_certificate_expiry_timestamp_seconds", "");
  TlsClient open(world.port(), papers.manner());
  replace(papers, papers.ca.issue("renewed", 7));
  EXPECT_TRUE(comes_to(world, papers, "renewed"));
  EXPECT_THAT(world.log.lines(), HasSubstr("info: http: tls: the certificate was read anew"));
  EXPECT_NEAR(world.counted("wayside_http_certificate_expiry_timestamp_seconds", "") - expires,
              5 * 86'400, 60);
  open.send("GET /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(status_of(open.read_all()), 200) << "who was there goes on";
}

TEST(TlsReload, AWrongOneLeavesTheOneBeforeAndIsToldOnce) {
  const Papers papers;
  World world(3, {}, papers.config());
  const support::Identity next = papers.ca.issue("renewed");
  std::filesystem::rename(next.cert, papers.server.cert);  // its key has not come yet
  const auto refused = [&] {
    return world.counted("wayside_http_certificate_reload_failures_total", "");
  };
  ASSERT_TRUE(eventually([&] {
    world.endpoint->tick();
    return refused() == 1;
  }));
  EXPECT_EQ(server_name(world, papers), "server");
  EXPECT_THAT(world.log.lines(), HasSubstr("error: http: tls.key: the file is not the key"));
  EXPECT_THAT(world.log.lines(), HasSubstr("the certificate before stays in use"));
  std::filesystem::rename(next.key, papers.server.key);
  EXPECT_TRUE(comes_to(world, papers, "renewed"));
  EXPECT_EQ(refused(), 1);
}

TEST(TlsReload, AnotherConfigHoldsForTheNextConnection) {
  const Papers papers;
  World world;
  EXPECT_EQ(status_of(get(world.port(), "/-/healthy")), 200);
  (*world.endpoint->prepare(papers.mutual()))();
  EXPECT_EQ(status_of(get(world.port(), "/-/healthy")), 400);
  EXPECT_EQ(tls_get(world.port(), papers.manner(), "/-/healthy"), "");
  auto manner = papers.manner();
  manner.identity = papers.client;
  EXPECT_EQ(status_of(tls_get(world.port(), manner, "/-/healthy")), 200);
  PrometheusConfig broken = papers.config();
  broken.tls->key = papers.client.key;
  const auto refused = world.endpoint->prepare(broken);
  ASSERT_FALSE(refused.ok());
  EXPECT_THAT(refused.error().message, HasSubstr("exporters.prometheus.tls.key"));
  EXPECT_EQ(status_of(tls_get(world.port(), manner, "/-/healthy")), 200);
  (*world.endpoint->prepare({.listen = "127.0.0.1:0"}))();
  EXPECT_EQ(status_of(get(world.port(), "/-/healthy")), 200);
}

TEST(TlsReload, AnOpenKeyAndAnOldCertificateAreWarnedOf) {
  Papers papers;
  papers.server = papers.ca.issue("server", -1);
  std::filesystem::permissions(papers.server.key, std::filesystem::perms(0644));
  World world(3, {}, papers.config());
  EXPECT_THAT(world.log.lines(), HasSubstr("warn: http: tls: the private key is open to others"));
  EXPECT_THAT(world.log.lines(), HasSubstr("warn: http: tls: the certificate is out of date"));
}

TEST(TlsReload, AKeyThatAGroupMayReadIsUsual) {
  const Papers papers;
  std::filesystem::permissions(papers.server.key, std::filesystem::perms(0640));
  World world(3, {}, papers.config());
  EXPECT_EQ(world.log.lines(), "");
}

}  // namespace
}  // namespace wayside::test
