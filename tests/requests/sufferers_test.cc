#include "agent/requests/sufferers.h"

#include <gmock/gmock.h>

#include "tests/requests/recording.h"

namespace wayside {
namespace {

using std::chrono::minutes;

void fail(Recording& recording, std::string_view client, int times, std::uint16_t status = 503) {
  Request request = recording.request("/a", 1, status);
  request.client = client;
  for (int i = 0; i < times; ++i) recording.record(request);
}

nlohmann::ordered_json clients(Recording& recording) {
  recording.recorder->tick();
  return recording.boards.clients.json("shop")["services"].at(0);
}

TEST(SuffererReports, TellWhoHadMostSlowFailedAndLimitedRequests) {
  Recording recording;
  fail(recording, "192.0.2.1", 2);
  fail(recording, "192.0.2.2", 3);
  fail(recording, "192.0.2.3", 4, 429);
  fail(recording, "192.0.2.4", 9, 200);
  fail(recording, "192.0.2.4", 9, 404);
  Request slow = recording.request("/a", 2'000);
  slow.client = "192.0.2.1";
  recording.record(slow);
  recording.record(slow);
  const auto shop = clients(recording);
  EXPECT_EQ(shop["service"], "shop");
  EXPECT_EQ(shop["troubled"].dump(), R"([{"client":"192.0.2.1","requests":4,"slow":2,"failed":2},)"
                                     R"({"client":"192.0.2.2","requests":3,"failed":3}])");
  EXPECT_EQ(shop["limited"].dump(), R"([{"client":"192.0.2.3","requests":4}])");
}

TEST(SuffererReports, WhoStandsBeforeTheAddress) {
  Recording recording;
  Request request = recording.request("/a", 1, 500);
  request.client = "192.0.2.1";
  request.who = "tenant-7";
  recording.record(request);
  EXPECT_EQ(clients(recording)["troubled"].dump(),
            R"([{"who":"tenant-7","requests":1,"failed":1}])");
}

TEST(SuffererReports, AKeyIsNotShown) {
  Recording recording;
  Request request = recording.request("/a", 2'000, 500);
  request.who = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
  recording.record(request);
  const std::string text = clients(recording).dump();
  EXPECT_THAT(text, testing::HasSubstr("[redacted "));
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("da39a3ee")));
  for (const Event& event : recording.events.take()) {
    EXPECT_THAT(event.fields.dump(), testing::Not(testing::HasSubstr("da39a3ee")));
  }
}

TEST(SuffererReports, AddressesCountAsNetworksWhereAsked) {
  RequestRules rules;
  rules.anonymize_who = true;
  Recording recording(rules);
  fail(recording, "192.0.2.1", 1);
  fail(recording, "192.0.2.2", 1);
  fail(recording, "2001:db8:1::9", 1);
  EXPECT_EQ(clients(recording)["troubled"].dump(),
            R"([{"client":"192.0.2.0/24","requests":2,"failed":2},)"
            R"({"client":"2001:db8:1::/48","requests":1,"failed":1}])");
  Request slow = recording.request("/a", 2'000);
  slow.client = "192.0.2.1";
  recording.record(slow);
  const std::string event = recording.events.take().at(0).fields.dump();
  EXPECT_THAT(event, testing::HasSubstr(R"("client":"192.0.2.0/24")"));
  EXPECT_THAT(event, testing::Not(testing::HasSubstr("192.0.2.1")));
}

TEST(SuffererReports, TheWorstThreeAreInEverySlowEvent) {
  Recording recording;
  for (int i = 1; i <= 5; ++i) fail(recording, "192.0.2." + std::to_string(i), i);
  recording.get("/a", 2'000);
  const auto sufferers = recording.events.take().at(0).fields["context"]["sufferers"];
  ASSERT_EQ(sufferers.size(), 3U);
  EXPECT_EQ(sufferers[0]["client"], "192.0.2.5");
  EXPECT_EQ(sufferers[2]["client"], "192.0.2.3");
}

// The clock of a recording starts 200 seconds after a multiple of five minutes.
TEST(SuffererReports, EveryFiveMinutesThoseOfTheWindowAreAnEvent) {
  Recording recording;
  fail(recording, "192.0.2.1", 2);
  recording.clock.advance(minutes{5});
  recording.recorder->tick();
  auto events = recording.events.take();
  const auto told = std::ranges::find(events, "sufferers", &Event::name);
  ASSERT_NE(told, events.end());
  EXPECT_EQ(told->level, Level::info);
  EXPECT_EQ(told->at.time_since_epoch() % Sufferers::kWindow, Micros{0});
  EXPECT_EQ(told->fields.dump(),
            R"({"service":"shop","window_seconds":300.0,"troubled":[{"client":"192.0.2.1",)"
            R"("requests":2,"failed":2}],"limited":[]})");
  EXPECT_EQ(told->message, "Most slow or failed requests in 5 m: 192.0.2.1 (2)");
  EXPECT_EQ(clients(recording)["troubled"].size(), 1U) << "still shown for a window";

  recording.clock.advance(minutes{5});
  recording.recorder->tick();
  events = recording.events.take();
  EXPECT_EQ(std::ranges::count(events, "sufferers", &Event::name), 0) << "nothing is no event";
  EXPECT_TRUE(clients(recording)["troubled"].empty());
}

TEST(SuffererReports, OldLinesAreNotTodaysTrouble) {
  Recording recording;
  Request old = recording.request("/a", 1, 503);
  old.client = "192.0.2.1";
  old.ended -= std::chrono::hours{3};
  recording.record(old);
  recording.recorder->tick();
  EXPECT_TRUE(recording.boards.clients.json("shop")["services"].empty());
}

TEST(SuffererReports, HostileNamesAreMendedAndBounded) {
  Recording recording;
  const std::string junk = "\xff\xc3(" + std::string(70'000, '\xe2');
  fail(recording, junk, 1);
  for (int i = 0; i < 1'000; ++i) fail(recording, junk + std::to_string(i), 1);
  fail(recording, "-", 1);
  fail(recording, "", 1);
  const std::string text = clients(recording).dump();  // throws on invalid UTF-8
  EXPECT_LT(text.size(), 20'000U);
}

TEST(SuffererReports, ARecorderThatEndsIsNoLongerShown) {
  Recording recording;
  fail(recording, "192.0.2.1", 2);
  EXPECT_EQ(clients(recording)["troubled"].size(), 1U);
  recording.recorder.reset();
  EXPECT_TRUE(recording.boards.clients.json("shop")["services"].empty());
}

}  // namespace
}  // namespace wayside
