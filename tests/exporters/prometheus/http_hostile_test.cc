#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/exporters/prometheus/http_client.h"
#include "tests/exporters/prometheus/http_world.h"

namespace wayside::test {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view kReload = "POST /-/reload HTTP/1.1\r\nHost: x\r\n";

void expect_alive(const World& world) {
  EXPECT_EQ(status_of(get(world.port(), "/-/healthy")), 200);
}

Result<std::unique_ptr<HttpEndpoint>> start_another(World& world, const std::string& listen) {
  return HttpEndpoint::start({.listen = listen},
                             {.samples = world.samples, .clock = world.clock, .log = world.log});
}

TEST(HttpHostile, WrongHeadsAreRefusedAndTheEndpointGoesOn) {
  World world;
  const std::pair<std::string, int> cases[] = {
      {"GET / HTTP/1.1\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
       400},
      {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n", 400},
      {"GET / HTTP/1.0\n\n", 400},
      {"GET / HTTP/2.0\r\n\r\n", 505},
      {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
      {"BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 501},
      {"garbage\r\n\r\n", 400},
      {std::string("GET /\0 HTTP/1.0\r\n\r\n", 19), 400},
      {std::string("\0\0\0\0", 4), 400},
      {"\x16\x03\x01\x02", 400},  // a TLS handshake
  };
  for (const auto& [request, status] : cases) {
    const std::string answer = round_trip(world.port(), request);
    EXPECT_EQ(status_of(answer), status) << request;
    EXPECT_EQ(field_of(answer, "Connection"), "close");
    EXPECT_EQ(field_of(answer, "Content-Length"), std::to_string(body_of(answer).size()));
  }
  EXPECT_TRUE(eventually([&] {
    return world.ended("refused") == static_cast<double>(std::size(cases));
  })) << world.ended("refused");
  expect_alive(world);
}

TEST(HttpHostile, NoPathLeavesTheAllowList) {
  World world;
  for (const char* path :
       {"/../etc/passwd", "/metrics/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/metrics%00",
        "/metrics/", "//metrics", "/METRICS", "/metrics%2f", "/.", "/%", "/%zz", "/%u0000",
        "/-/reload/x", "/metrics;x", "/\\..\\x"}) {
    EXPECT_EQ(status_of(get(world.port(), path)), 404) << path;
  }
  expect_alive(world);
}

TEST(HttpHostile, AHugeHeadIs431) {
  World world;
  for (const std::string& head :
       {"GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(20'000, 'a') + "\r\n\r\n",
        std::string(20'000, 'G')}) {
    EXPECT_EQ(status_of(round_trip(world.port(), head)), 431);
  }
  std::string lines = "GET / HTTP/1.1\r\nHost: x\r\n";
  for (int i = 0; i < 200; ++i) lines += "A: b\r\n";
  EXPECT_EQ(status_of(round_trip(world.port(), lines + "\r\n")), 431);
  EXPECT_EQ(status_of(get(world.port(), "/" + std::string(5'000, 'a'))), 414);
  expect_alive(world);
}

TEST(HttpHostile, EndlessHeaderLinesAreCutShort) {
  World world;
  Client client(world.port());
  client.send("GET / HTTP/1.1\r\nHost: x\r\n");
  constexpr std::size_t kMuch = 64 * 1024 * 1024;
  std::size_t sent = 0;
  const std::string line = "Endless: header line\r\n";
  while (sent < kMuch) {
    const std::size_t before = sent;
    for (int i = 0; i < 100; ++i) sent += client.send(line);
    if (sent == before && client.ended(milliseconds(0))) break;
  }
  EXPECT_LT(sent, kMuch / 2);
  EXPECT_TRUE(eventually([&] { return world.ended("refused") == 1; })) << world.ended("refused");
}

TEST(HttpHostile, AnOversizedBodyIs413BeforeItIsSent) {
  World world;
  const std::string request = std::string(kReload) + "Content-Length: 65537\r\n\r\nbody";
  EXPECT_EQ(status_of(round_trip(world.port(), request)), 413);
  EXPECT_EQ(world.reloads, 0);
}

TEST(HttpHostile, AChunkedFloodIs413) {
  World world;
  std::string flood = std::string(kReload) + "Transfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 100; ++i) flood += "1000\r\n" + std::string(4096, 'x') + "\r\n";
  EXPECT_EQ(status_of(round_trip(world.port(), flood)), 413);
  EXPECT_EQ(world.reloads, 0);
  expect_alive(world);
}

TEST(HttpHostile, WrongChunksReloadNothing) {
  World world;
  for (const char* body : {"zz\r\n\r\n", "ffffffffffffffffff\r\nx", "5\r\nhel", "-1\r\n\r\n"}) {
    Client client(world.port());
    client.send(std::string(kReload) + "Transfer-Encoding: chunked\r\n\r\n" + body);
    client.end_sending();
    EXPECT_EQ(status_of(client.read_all()), 400) << body;
  }
  EXPECT_EQ(world.reloads, 0);
  expect_alive(world);
}

TEST(HttpHostile, ATruncatedBodyReloadsNothing) {
  World world;
  Client client(world.port());
  client.send(std::string(kReload) + "Content-Length: 10\r\n\r\nhello");
  client.end_sending();
  EXPECT_EQ(status_of(client.read_all()), 400);
  EXPECT_EQ(world.reloads, 0);
}

TEST(HttpHostile, WhatFollowsTheRequestIsIgnored) {
  World world;
  const std::string answer =
      round_trip(world.port(), "GET /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n" + std::string(kReload) +
                                   "\r\n" + std::string(100'000, '\xff'));
  EXPECT_EQ(status_of(answer), 200);
  EXPECT_EQ(body_of(answer), "wayside is healthy\n");  // one answer, whole
  EXPECT_EQ(world.reloads, 0);
  EXPECT_EQ(world.requests.told().size(), 1U);
}

TEST(HttpHostile, FieldsThatTheLibraryWouldActOnDoNothing) {
  World world;
  const std::string fields[] = {"Range: bytes=0-1",
                                "Range: bytes=" + std::string(8'000, '1'),
                                "Expect: 100-continue",
                                "Content-Encoding: gzip",
                                "Content-Type: multipart/form-data; boundary=x",
                                "Connection: Keep-Alive",
                                "Upgrade: websocket"};
  for (const std::string& field : fields) {
    const std::string answer =
        round_trip(world.port(), "GET /-/healthy HTTP/1.1\r\nHost: x\r\n" + field + "\r\n\r\n");
    EXPECT_EQ(status_of(answer), 200) << field;
    EXPECT_EQ(body_of(answer), "wayside is healthy\n") << field;
  }
}

TEST(HttpHostile, EachConnectionEndsInOneWay) {
  World world(3, {.head_time = milliseconds(100)});
  get(world.port(), "/");
  round_trip(world.port(), "\x01");
  Client(world.port()).send("GET");                              // leaves
  EXPECT_TRUE(Client(world.port()).ended(milliseconds(2'000)));  // stays silent
  EXPECT_TRUE(eventually([&] { return world.ended() == 4; }));
  EXPECT_TRUE(eventually([&] { return world.ended("answered") == 1; })) << world.ended("answered");
  EXPECT_TRUE(eventually([&] { return world.ended("refused") == 1; })) << world.ended("refused");
  EXPECT_TRUE(eventually([&] { return world.ended("silent") == 2; })) << world.ended("silent");
}

TEST(HttpEndpoint, ASecondOneOnThePortFailsAndSaysWhy) {
  World world;
  const std::string port = ":" + std::to_string(world.port());
  for (const std::string& listen : {"127.0.0.1" + port, port}) {
    const auto second = start_another(world, listen);
    ASSERT_FALSE(second.ok());
    EXPECT_THAT(second.error().message, testing::StartsWith(listen + " is in use"));
  }
  expect_alive(world);
}

TEST(HttpEndpoint, AnAddressOfAnotherHostFails) {
  World world;
  const auto other = start_another(world, "192.0.2.1:0");
  ASSERT_FALSE(other.ok());
  EXPECT_THAT(other.error().message, testing::HasSubstr("192.0.2.1:0"));
}

TEST(HttpEndpoint, ThePortCanBeTakenAgainAtOnce) {
  std::string address;
  {
    World world;
    address = "127.0.0.1:" + std::to_string(world.port());
    expect_alive(world);
  }
  World other;
  const auto again = start_another(other, address);
  ASSERT_TRUE(again.ok()) << again.error().message;
  EXPECT_EQ((*again)->url(), "http://" + address);
}

TEST(HttpEndpoint, WithoutFunctionsItAnswersTheObvious) {
  World world;
  const auto bare = start_another(world, "127.0.0.1:0");
  ASSERT_TRUE(bare.ok());
  const int port = (*bare)->port();
  EXPECT_EQ(status_of(get(port, "/health")), 200);
  EXPECT_EQ(status_of(get(port, "/-/ready")), 200);
  EXPECT_EQ(status_of(get(port, "/metrics")), 200);
  EXPECT_EQ(status_of(round_trip(port, std::string(kReload) + "\r\n")), 501);
}

}  // namespace
}  // namespace wayside::test
