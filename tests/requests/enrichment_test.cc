// A service's own log beside the balancer's: one request, one count, and what each knows.
#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "agent/requests/enricher.h"
#include "agent/requests/waiting_events.h"
#include "tests/requests/recording.h"

namespace wayside {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// A recorder of "shop" and another source of the same service that does not count.
class Enrichment : public testing::Test {
 protected:
  Request balancer(std::string_view id, std::int64_t millis = 2'000) const {
    Request request = recording.request("/a", millis);
    request.request_id = id;
    request.client = "192.0.2.7";
    return request;
  }
  Request service(std::string_view id, std::int64_t millis = 1'900) const {
    Request request = recording.request("/a", millis, 503);
    request.request_id = id;
    request.route_given = "/api/students/{id}";
    request.who = "tenant-7";
    return request;
  }
  void enrich(const Request& request) { enricher->on({&request, 1}); }

  Recording recording;
  std::optional<Enricher> enricher{std::in_place, recording.boards.notes.share("shop"),
                                   recording.clock};
};

constexpr auto kLog =
    R"({"route":"/api/students/:id","status":503,"duration":1.9,"who":"tenant-7"})";

TEST_F(Enrichment, WhatTheServiceSaidFirstIsInTheEvent) {
  enrich(service("r-1"));
  recording.record(balancer("r-1"));
  const auto events = recording.events.take();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].fields["service_log"].dump(), kLog);
  EXPECT_EQ(recording.series(kServer),
            (std::map<std::string, std::uint64_t>{{server_labels("/a", 200), 1}}))
      << "and counts once";
}

TEST_F(Enrichment, WhatTheServiceSaysNextIsWaitedFor) {
  recording.record(balancer("r-1"));
  EXPECT_TRUE(recording.events.take().empty());
  EXPECT_EQ(recording.series("wayside_slow_requests_total").size(), 1U) << "counting never waits";
  recording.clock.advance(milliseconds{300});
  enrich(service("r-1"));
  recording.recorder->tick();
  const auto events = recording.events.take();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events[0].fields["service_log"].dump(), kLog);
}

TEST_F(Enrichment, NobodyIsWaitedForLongerThanASecond) {
  recording.record(balancer("r-1"));
  recording.clock.advance(milliseconds{900});
  recording.recorder->tick();
  EXPECT_TRUE(recording.events.take().empty());
  recording.clock.advance(milliseconds{100});
  recording.recorder->tick();
  const auto events = recording.events.take();
  ASSERT_EQ(events.size(), 1U);
  EXPECT_FALSE(events[0].fields.contains("service_log"));
}

TEST_F(Enrichment, OnlySoManyWait) {
  for (int i = 0; i < 80; ++i) {
    const std::string id = "r-" + std::to_string(i);
    const std::string path = "/p" + std::string(1, static_cast<char>('a' + i / 10)) + "x";
    Request request = balancer(id);
    request.path = path;
    recording.record(request);
  }
  EXPECT_EQ(recording.events.take().size(), 80 - WaitingEvents::kMost);
  recording.recorder.reset();
  EXPECT_EQ(recording.events.take().size(), WaitingEvents::kMost) << "none is lost at the end";
}

TEST_F(Enrichment, ATraceIdJoinsAsWell) {
  Request traced = service("");
  traced.trace_id = "4bf92f3577b34da6a3ce929d0e0e4736";
  enrich(traced);
  recording.record(balancer("4bf92f3577b34da6a3ce929d0e0e4736"));
  EXPECT_TRUE(recording.events.take().at(0).fields.contains("service_log"));
}

TEST_F(Enrichment, TwoLinesOfOneRequestAreOneNote) {
  enrich(service("r-1"));
  Request warning = recording.request("/a", 1'950);
  warning.request_id = "r-1";
  warning.status = 0;
  enrich(warning);
  recording.record(balancer("r-1"));
  const auto log = recording.events.take().at(0).fields["service_log"];
  EXPECT_EQ(log["duration"], 1.95);
  EXPECT_EQ(log["who"], "tenant-7");
}

TEST_F(Enrichment, WithoutAnIdOrASourceNothingWaits) {
  recording.record(balancer(""));
  EXPECT_EQ(recording.events.take().size(), 1U);
  enricher.reset();
  recording.record(balancer("r-1"));
  EXPECT_EQ(recording.events.take().size(), 1U);
}

TEST_F(Enrichment, NotesExpire) {
  enrich(service("r-1"));
  recording.clock.advance(seconds{61});
  recording.record(balancer("r-1"));
  recording.clock.advance(seconds{1});
  recording.recorder->tick();
  EXPECT_FALSE(recording.events.take().at(0).fields.contains("service_log"));
}

TEST_F(Enrichment, AFloodOfFastLinesDoesNotPushTheSlowOut) {
  enrich(service("slow"));
  for (int i = 0; i < 200'000; ++i) {
    const std::string id = std::to_string(i);
    enrich(service(id, 1));
  }
  recording.record(balancer("slow"));
  EXPECT_TRUE(recording.events.take().at(0).fields.contains("service_log"));
}

TEST_F(Enrichment, HostileTextIsMendedBoundedAndRedacted) {
  const std::string junk = "\xff\xfe" + std::string(100'000, '\xc3');
  Request request = service("r-1");
  request.who = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
  request.client = junk;
  request.route_given = junk;
  enrich(request);
  Request told = balancer("r-1");
  told.client = {};
  recording.record(told);
  const auto events = recording.events.take();
  const std::string text = events.at(0).fields.dump();  // throws on invalid UTF-8
  EXPECT_LT(text.size(), 4'000U);
  EXPECT_EQ(text.find("da39a3ee"), std::string::npos);
}

// Under tsan: a source writes notes while the recorder, on another thread, asks for them.
TEST_F(Enrichment, TwoThreadsMeetOnTheBoard) {
  std::atomic<bool> stop{false};
  std::thread writer([&] {
    const SystemClock clock;
    Enricher other(recording.boards.notes.share("shop"), clock);
    Request request = service("");
    for (int i = 0; !stop; i = (i + 1) % 1'000) {
      const std::string id = "r-" + std::to_string(i);
      request.request_id = id;
      other.on({&request, 1});
    }
  });
  for (int i = 0; i < 2'000; ++i) {
    const std::string id = "r-" + std::to_string(i % 1'000);
    recording.record(balancer(id));
    if (i % 100 == 0) recording.recorder->tick();
  }
  stop = true;
  writer.join();
  recording.recorder.reset();  // sends what still waits
  EXPECT_FALSE(recording.events.take().empty());
}

}  // namespace
}  // namespace wayside
