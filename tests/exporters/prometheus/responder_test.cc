// What is answered to whom, over a transport in memory: clients of other hosts need no network.
#include "exporters/prometheus/http/responder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/exporters/prometheus/http_world.h"

namespace wayside::test {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kReason = "wayside.yaml:3:1: unknown key";

class MemoryTransport final : public Transport {
 public:
  std::size_t read(char*, std::size_t) override { return 0; }
  bool write(std::string_view bytes) override {
    output += bytes;
    return true;
  }
  [[nodiscard]] bool writable() const override { return true; }
  std::string output;
};

// What a reload that is refused answers to this client.
std::string refused_reload(const Shield& shield, std::string_view client,
                           const std::string& authorization = "", RequestHead head = {}) {
  const FakeSamples samples(1);
  const ManualClock clock;
  NullLog log;
  Pages pages({.samples = samples,
               .reload = [] { return Result<void>(Error{kReason}); },
               .clock = clock,
               .log = log});
  const ShieldHolder shields(shield);
  Tally tally;
  Responder responder({pages, shields, tally, HttpLimits{}});
  head.method = "POST";
  head.target = "/-/reload";
  head.authorization = authorization;
  MemoryTransport transport;
  EXPECT_GE(responder.answer(head, "", {client}, transport).status, 400);
  return transport.output;
}

TEST(Responder, TellsTheReasonOfARefusedReloadToWhoMayKnow) {
  for (const char* client : {"127.0.0.1", "127.9.9.9", "::1"}) {
    EXPECT_THAT(refused_reload({}, client), HasSubstr(kReason)) << client;
  }
  const auto guard = *Guard::create({.bearer_tokens = {"0123456789abcdef"}});
  EXPECT_THAT(refused_reload({nullptr, guard}, "192.0.2.1", "Bearer 0123456789abcdef"),
              HasSubstr(kReason));
}

TEST(Responder, TellsOthersOfAnotherHostThatTheLogSaysWhy) {
  for (const char* client : {"192.0.2.1", "2001:db8::1", "1270.0.1", ""}) {
    const std::string answer = refused_reload({}, client);
    EXPECT_THAT(answer, Not(HasSubstr("wayside.yaml"))) << client;
    EXPECT_THAT(answer, HasSubstr("the agent's log says why"));
  }
}

TEST(Responder, AnOpenReloadMakesNobodyKnown) {
  const auto guard =
      *Guard::create({.bearer_tokens = {"0123456789abcdef"}, .open_paths = {"/-/reload"}});
  EXPECT_THAT(refused_reload({nullptr, guard}, "192.0.2.1"), HasSubstr("the agent's log says why"));
}

TEST(Responder, APageOfAnotherSiteCannotReload) {
  RequestHead page;
  page.host = "agent:9100";
  page.origin = "https://elsewhere.example";
  const std::string answer = refused_reload({}, "127.0.0.1", "", page);
  EXPECT_THAT(answer, testing::StartsWith("HTTP/1.1 403 Forbidden\r\n"));
  EXPECT_THAT(answer, HasSubstr("Content-Type: text/plain"));
  EXPECT_THAT(answer, HasSubstr("another site"));
  EXPECT_THAT(answer, Not(HasSubstr(kReason)));
  page.origin = "http://agent:9100";
  EXPECT_THAT(refused_reload({}, "127.0.0.1", "", page), HasSubstr(kReason));
  page.fetch_site = "cross-site";
  EXPECT_THAT(refused_reload({}, "127.0.0.1", "", page), HasSubstr(" 403 Forbidden"));
}

// Which credentials there are is not told by the order of refusals.
TEST(Responder, WhoIsNotLetInIsToldSoWhateverPageAsks) {
  RequestHead page;
  page.fetch_site = "cross-site";
  const auto guard = *Guard::create({.bearer_tokens = {"0123456789abcdef"}});
  EXPECT_THAT(refused_reload({nullptr, guard}, "192.0.2.1", "", page), HasSubstr(" 401 "));
}

}  // namespace
}  // namespace wayside::test
