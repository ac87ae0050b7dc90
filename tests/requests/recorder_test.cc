#include "agent/requests/recorder.h"

#include "tests/requests/recording.h"

namespace wayside {
namespace {

using Series = std::map<std::string, std::uint64_t>;

TEST(Recorders, CountByMethodRouteAndStatus) {
  Recording recording;
  recording.get("/api/students/1");
  recording.get("/api/students/2?x");
  recording.get("/api/students/3", 1, 500);
  Request post = recording.request("/api/students", 1, 201);
  post.method = Method::post;
  recording.record(post);
  EXPECT_EQ(recording.series(kServer), (Series{{server_labels("/api/students/:id", 200), 2},
                                               {server_labels("/api/students/:id", 500), 1},
                                               {server_labels("/api/students", 201, "POST"), 1}}));
}

TEST(Recorders, LatenciesFallIntoTheBucketsOfTheRules) {
  RequestRules rules;
  rules.buckets = {0.1, 0.5};
  Recording recording(rules);
  for (const std::int64_t millis : {0, 100, 101, 500, 501, 90'000}) recording.get("/a", millis);
  const auto sample = recording.sample(kServer, server_labels("/a", 200));
  EXPECT_EQ(sample.buckets, (std::vector<std::uint64_t>{2, 2, 2}));
  EXPECT_DOUBLE_EQ(sample.sum, 91.202);
}

TEST(Recorders, A404OfAnUnansweredPathMintsNoRoute) {
  Recording recording;
  recording.get("/wp-login.php", 1, 404);
  recording.get("/api/students/9", 1, 404);
  EXPECT_EQ(recording.series(kServer), (Series{{server_labels("", 404), 2}}));
  recording.get("/api/students/1");
  recording.get("/api/students/9", 1, 404);
  EXPECT_EQ(recording.series(kServer)[server_labels("/api/students/:id", 404)], 1U);
}

TEST(Recorders, AnErrorAloneProvesNoRoute) {
  Recording recording;
  recording.get("/admin", 1, 401);
  recording.get("/admin", 1, 404);
  EXPECT_EQ(recording.series(kServer),
            (Series{{server_labels("/admin", 401), 1}, {server_labels("", 404), 1}}));
  recording.get("/admin", 1, 302);
  recording.get("/admin", 1, 404);
  EXPECT_EQ(recording.series(kServer)[server_labels("/admin", 404)], 1U);
}

TEST(Recorders, NamedRoutesExistWhateverTheStatus) {
  RequestRules rules;
  rules.routes = {"/users/{name}"};
  Recording recording(rules);
  recording.get("/users/alice", 1, 404);
  Request given = recording.request("/x/y", 1, 404);
  given.route_given = "/x/<id>";
  recording.record(given);
  EXPECT_EQ(recording.series(kServer),
            (Series{{server_labels("/users/:name", 404), 1}, {server_labels("/x/:id", 404), 1}}));
}

TEST(Recorders, WithoutAReadablePathThereIsNoRoute) {
  Recording recording;
  recording.get("", 1, 400);
  recording.get("\x16\x03\x01", 1, 0);
  EXPECT_EQ(recording.series(kServer),
            (Series{{server_labels("", 400), 1}, {server_labels("", 0), 1}}));
}

TEST(Recorders, StreamsAndUnstatedDurationsAreInNoHistogram) {
  Recording recording;
  Request stream = recording.request("/events", 60'000);
  stream.stream = true;
  recording.record(stream);
  recording.get("/socket", 60'000, 101);
  Request unstated = recording.request("/a", 1);
  unstated.total = kNoDuration;
  recording.record(unstated);
  Request absurd = recording.request("/a", 1);
  absurd.total = Micros::max();
  recording.record(absurd);
  EXPECT_EQ(recording.series(kServer), Series{});
  EXPECT_EQ(recording.series(kUnmeasured), (Series{{server_labels("/events", 200), 1},
                                                   {server_labels("/socket", 101), 1},
                                                   {server_labels("/a", 200), 2}}));
  EXPECT_TRUE(recording.events.take().empty());
}

TEST(Recorders, EveryAttemptIsOneObservation) {
  Recording recording;
  const std::vector<Attempt> attempts = {{"10.0.0.1:8080", 502, Micros{2'000}},
                                         {"10.0.0.2:8080", 200, Micros{16'000}},
                                         {"[::1]:80", 200, kNoDuration},
                                         {"unix:/run/app.sock", 0, Micros{0}}};
  Request request = recording.request("/a", 10);
  request.attempts = attempts;
  recording.record(request);
  recording.record(request);
  const std::string shop = "service_name=\"shop\",server_address=";
  EXPECT_EQ(
      recording.series(kUpstream),
      (Series{{shop + "\"10.0.0.1\",server_port=\"8080\",http_response_status_code=\"502\"", 2},
              {shop + "\"10.0.0.2\",server_port=\"8080\",http_response_status_code=\"200\"", 2},
              {shop + "\"/run/app.sock\"", 2}}));
  EXPECT_EQ(recording.series(kUpstreamUnmeasured),
            (Series{{shop + "\"::1\",server_port=\"80\",http_response_status_code=\"200\"", 2}}));
}

TEST(Recorders, AttemptsOfStreamsAreNoLatencies) {
  Recording recording;
  const Attempt attempt{"10.0.0.1:80", 101, Micros{5'000'000}};
  Request request = recording.request("/socket", 5'000, 101);
  request.attempts = {&attempt, 1};
  recording.record(request);
  EXPECT_EQ(recording.series(kUpstream), Series{});
  EXPECT_EQ(recording.series(kUpstreamUnmeasured).size(), 1U);
}

TEST(Recorders, UpstreamLatencyIsTheSumOfTheAttempts) {
  RequestRules rules;
  rules.latency = RequestRules::Latency::upstream;
  Recording recording(rules);
  const std::vector<Attempt> attempts = {
      {"a:1", 502, Micros{2'000}}, {"b:1", 200, kNoDuration}, {"c:1", 200, Micros{5'000}}};
  Request request = recording.request("/a", 3'000);
  request.attempts = attempts;
  recording.record(request);
  recording.get("/b", 40);
  EXPECT_DOUBLE_EQ(recording.sample(kServer, server_labels("/a", 200)).sum, 0.007);
  EXPECT_DOUBLE_EQ(recording.sample(kServer, server_labels("/b", 200)).sum, 0.04);
  EXPECT_TRUE(recording.events.take().empty());
}

TEST(Recorders, IgnoredPathsAreCountedApart) {
  RequestRules rules;
  rules.ignore = {"/health", "/static/*"};
  Recording recording(rules);
  recording.get("/health", 5'000);
  recording.get("/static/a/b.js");
  recording.get("/healthy");
  EXPECT_EQ(recording.series(kIgnored), (Series{{"service_name=\"shop\",rule=\"/health\"", 1},
                                                {"service_name=\"shop\",rule=\"/static/*\"", 1}}));
  EXPECT_EQ(recording.series(kServer), (Series{{server_labels("/healthy", 200), 1}}));
  EXPECT_TRUE(recording.events.take().empty());
}

TEST(Recorders, WordsStandForTheUsualPaths) {
  RequestRules rules;
  rules.ignore = {"/health/deep", "health", "static"};
  Recording recording(rules);
  recording.get("/healthz?full=1");
  recording.get("/readyz/");
  recording.get("/health/deep");
  recording.get("/assets/app.js?v=3");
  recording.get("/api/students/1");
  EXPECT_EQ(recording.series(kIgnored), (Series{{"service_name=\"shop\",rule=\"/health/deep\"", 1},
                                                {"service_name=\"shop\",rule=\"health\"", 2},
                                                {"service_name=\"shop\",rule=\"static\"", 1}}));
  EXPECT_EQ(recording.series(kServer), (Series{{server_labels("/api/students/:id", 200), 1}}));
}

TEST(Recorders, BotsAreCountedApartWhereAsked) {
  RequestRules rules;
  for (const bool ignored : {false, true}) {
    rules.ignore_bots = ignored;
    Recording recording(rules);
    Request crawl = recording.request("/a", 5'000);
    crawl.user_agent = "Mozilla/5.0 (compatible; Googlebot/2.1)";
    recording.record(crawl);
    recording.get("/a");
    EXPECT_EQ(recording.series(kServer)[server_labels("/a", 200)], ignored ? 1U : 2U);
    EXPECT_EQ(recording.series(kIgnored),
              ignored ? (Series{{"service_name=\"shop\",rule=\"bots\"", 1}}) : Series{});
    EXPECT_EQ(recording.events.take().size(), ignored ? 0U : 1U);
  }
}

TEST(Recorders, AFullFamilyMintsNoMoreRoutesAndLosesNoRequest) {
  RequestRules rules;
  rules.max_series = 10;
  Recording recording(rules);
  std::vector<std::string> paths;
  for (char a = 'a'; a <= 'z'; ++a) {
    for (char b = 'a'; b <= 'z'; ++b) paths.push_back(std::string("/") + a + b);
  }
  for (int round = 0; round < 2; ++round) {
    for (const std::string& path : paths) recording.get(path);
  }
  const Series series = recording.series(kServer);
  std::uint64_t all = 0;
  for (const auto& [labels, count] : series) all += count;
  EXPECT_EQ(all, 2 * paths.size());
  EXPECT_LE(series.size(), 11U);
  EXPECT_EQ(series.at(server_labels("/aa", 200)), 2U);
  const auto overflow = recording.series("wayside_series_overflow_total");
  EXPECT_EQ(overflow.at("family=\"" + kServer + "\""), 2 * (paths.size() - 10));
}

TEST(Recorders, ManyStatusesOfOneRouteKeepTheirOwnSeries) {
  Recording recording;
  for (int round = 0; round < 2; ++round) {
    for (std::uint16_t status = 200; status < 220; ++status) recording.get("/a", 1, status);
  }
  const Series series = recording.series(kServer);
  EXPECT_EQ(series.size(), 20U);
  for (const auto& [labels, count] : series) EXPECT_EQ(count, 2U) << labels;
}

TEST(Recorders, ManyRoutesAndUpstreamsKeepTheirOwnSeries) {
  RequestRules rules;
  rules.max_series = 5'000;
  Recording recording(rules);
  for (int i = 0; i < 2 * 676; ++i) {
    const std::string path = {'/', static_cast<char>('a' + i / 26 % 26),
                              static_cast<char>('a' + i % 26)};
    const std::string address = "10.0.0.1:" + std::to_string(i % 676);
    const Attempt attempt{address, 200, Micros{1}};
    Request request = recording.request(path, 1);
    request.attempts = {&attempt, 1};
    recording.record(request);
  }
  for (const std::string& family : {kServer, kUpstream}) {
    const Series series = recording.series(family);
    EXPECT_EQ(series.size(), 676U);
    for (const auto& [labels, count] : series) EXPECT_EQ(count, 2U) << labels;
  }
}

TEST(Recorders, FactsTellOfTheLastTenSeconds) {
  Recording recording;
  for (int i = 0; i < 3; ++i) recording.get("/a");
  recording.get("/a", 1, 503);
  recording.recorder->tick();
  using Known = std::map<std::string, double>;
  const auto read = [&recording] {
    Known facts;
    recording.facts.each("shop", recording.clock.wall(), std::chrono::seconds{60},
                         [&](std::string_view name, double value) { facts.emplace(name, value); });
    return facts;
  };
  EXPECT_EQ(read(), (Known{{"requests_10s", 4}, {"error_share_10s", 0.25}}));
  recording.clock.advance(std::chrono::seconds{11});
  recording.recorder->tick();
  EXPECT_EQ(read(), (Known{{"requests_10s", 0}}));
}

TEST(Recorders, PatternsThatDoNotCompileAreRefused) {
  RequestRules rules;
  rules.redact = {"("};
  EXPECT_NE(Recording(rules).error.find("does not compile"), std::string::npos);
}

}  // namespace
}  // namespace wayside
