// What real programs log is what the agent counts: Apache, HAProxy, gunicorn, uvicorn and Express.
#include "tests/e2e/log_writers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/agent_process.h"
#include "tests/e2e/load.h"
#include "tests/e2e/servers.h"
#include "tests/support/temp_dir.h"
#include "tests/support/wait.h"

namespace wayside::e2e {
namespace {

using testing::HasSubstr;

const std::string kTimed = "http_server_request_duration_seconds_count";
const std::string kUntimed = "wayside_requests_without_latency_total";
constexpr std::size_t kSlow = 4;

std::vector<Planned> some_requests() {
  std::vector<Planned> requests;
  for (int i = 0; i < 40; ++i) {
    const auto id = std::to_string(1000 + i * 7);
    const auto uuid = "6f1e2d3c-4b5a-4978-8a6b-1000000" + std::to_string(10'000 + i);
    requests.push_back({"GET", "/api/students/" + id + "?ms=3", "/api/students/:id"});
    requests.push_back({"GET", "/api/students?page=" + id, "/api/students"});
    requests.push_back({"POST", "/api/students?status=201", "/api/students", 201});
    requests.push_back({"PUT", "/api/students/" + id, "/api/students/:id"});
    requests.push_back({"DELETE", "/api/students/" + id + "?status=204", "/api/students/:id", 204});
    requests.push_back(
        {"GET", "/api/orders/" + uuid + "/items/" + id, "/api/orders/:uuid/items/:id"});
    requests.push_back({"GET", "/api/students/" + id + "?status=404", "/api/students/:id", 404});
    requests.push_back({"GET", "/wp-admin/" + id + "/setup.php?status=404", "-", 404});
    if (i % 4 == 0) {
      requests.push_back({"GET", "/api/students/" + id + "?status=500", "/api/students/:id", 500});
    }
  }
  for (std::size_t i = 0; i < kSlow; ++i) {
    requests.push_back({"GET", "/api/report?ms=1100", "/api/report"});
  }
  return requests;
}

// A program that writes a log, and the agent that reads it.
struct Pair {
  support::TempDir dir;
  Upstream upstream{false};
  LogWriter writer{dir.path()};
  Agent agent{dir.path()};

  testing::AssertionResult start_agent(const std::string& format) {
    std::string quoted;
    for (const char c : format) quoted += c == '\'' ? "''" : std::string(1, c);
    agent.configure(
        "service: college-api\nlog: {level: info}\ncollectors:\n  access_log:\n    - path: " +
        writer.log().string() + "\n      start_at: beginning\n      format: '" + quoted + "'\n");
    return agent.start();
  }
  [[nodiscard]] double counted() const {
    const auto page = agent.page();
    return page.sum(kTimed) + page.sum(kUntimed);
  }
};

void expect_slow_ones(const Pair& pair) {
  const auto reports = [&pair] {
    std::size_t count = 0;
    for (const auto& event : pair.agent.events("slow_request")) {
      count += event.value("route", "") == "/api/report" ? 1 : 0;
      EXPECT_GE(event.value("duration", 0.0), 1.0) << event;
    }
    return count;
  };
  EXPECT_TRUE(support::wait_until([&] { return reports() >= kSlow; }, std::chrono::seconds{10}));
  EXPECT_EQ(reports(), kSlow);
}

// Sends requests to a writer that runs, and compares what the agent counted. A first one proves
// its route, so that a 404 that comes later has one to belong to.
void expect_agreement(Pair& pair, const std::string& format, const std::string& family,
                      double unread = 0) {
  ASSERT_TRUE(pair.start_agent(format));
  const std::vector<Planned> first = {{"GET", "/api/students/1", "/api/students/:id"}};
  ASSERT_EQ(send(pair.writer.port(), first, 1), 0U);
  ASSERT_TRUE(support::wait_until([&] { return pair.counted() == 2; })) << pair.agent.output();
  const auto requests = some_requests();
  EXPECT_EQ(send(pair.writer.port(), requests, 4), 0U);
  auto sent = counts(requests);
  sent["GET /ready 200"] += 1;
  sent["GET /api/students/:id 200"] += 1;
  const auto all = static_cast<double>(requests.size() + 2);
  support::wait_until([&] { return pair.counted() >= all; }, std::chrono::seconds{10});
  const auto page = pair.agent.page();
  EXPECT_EQ(by_labels(page.find(family),
                      {"http_request_method", "http_route", "http_response_status_code"}),
            sent)
      << support::read_file(pair.writer.log()).substr(0, 2000);
  EXPECT_EQ(page.sum("wayside_parse_errors_total"), unread);
  if (family == kTimed) expect_slow_ones(pair);
}

TEST(Apache, ItsLogFormatGivenVerbatimCountsWhatWasSent) {
  const std::string format = R"x(%h %l %u %t "%r" %>s %O "%{Referer}i" "%{User-Agent}i" %D)x";
  Pair pair;
  ASSERT_TRUE(pair.writer.start_apache(pair.upstream.port(), format));
  expect_agreement(pair, format, kTimed);
}

TEST(Apache, TimesInOtherPatternsAndUnitsCountWhatWasSent) {
  const std::string format =
      R"x([%{%F %T}t.%{usec_frac}t %{%z}t] %v:%p %a "%m %U%q %H" %s %>s %B %{ms}T %!200{X-A}i)x";
  Pair pair;
  ASSERT_TRUE(pair.writer.start_apache(pair.upstream.port(), format));
  expect_agreement(pair,
                   "LogFormat \"" + std::string(R"x([%{%F %T}t.%{usec_frac}t %{%z}t] %v:%p )x") +
                       R"x(%a \"%m %U%q %H\" %s %>s %B %{ms}T %!200{X-A}i" edge)x",
                   kTimed);
}

void expect_servers(const Pair& pair) {
  const auto page = pair.agent.page();
  const auto attempts =
      page.sum("http_client_request_duration_seconds_count", {{"server_address", "node1"}});
  EXPECT_EQ(attempts, page.sum(kTimed));
}

TEST(Haproxy, ItsHttpLogIsToldAndCountsWhatWasSent) {
  Pair pair;
  ASSERT_TRUE(pair.writer.start_haproxy(pair.upstream.port(), "httplog"));
  expect_agreement(pair, "auto", kTimed);
  EXPECT_THAT(pair.agent.output(), HasSubstr("recognised as haproxy"));
  expect_servers(pair);
}

TEST(Haproxy, ItsClfLogIsToldAndCountsWhatWasSent) {
  Pair pair;
  ASSERT_TRUE(pair.writer.start_haproxy(pair.upstream.port(), "httplog clf"));
  expect_agreement(pair, "auto", kTimed);
  EXPECT_THAT(pair.agent.output(), HasSubstr("recognised as haproxy_clf"));
  expect_servers(pair);
}

TEST(Gunicorn, ItsFormatGivenVerbatimCountsWhatWasSent) {
  const std::string format =
      R"x(%(h)s %(l)s %(u)s %(t)s "%(r)s" %(s)s %(b)s "%(f)s" "%(a)s" %(D)s)x";
  Pair pair;
  ASSERT_TRUE(pair.writer.start_gunicorn(format, false));
  expect_agreement(pair, format, kTimed);
}

TEST(Gunicorn, ItsDefaultIsToldBehindItsLoggersPrefix) {
  Pair pair;
  ASSERT_TRUE(pair.writer.start_gunicorn("", true));
  expect_agreement(pair, "auto", kUntimed);
  EXPECT_THAT(pair.agent.output(), HasSubstr("recognised as gunicorn"));
}

TEST(Uvicorn, ItsLinesAreToldWithAndWithoutColours) {
  for (const bool coloured : {false, true}) {
    SCOPED_TRACE(coloured);
    Pair pair;
    ASSERT_TRUE(pair.writer.start_uvicorn(coloured));
    expect_agreement(pair, "auto", kUntimed);
    EXPECT_THAT(pair.agent.output(), HasSubstr("recognised as uvicorn"));
  }
}

// Express, where npm can be had.
class Express : public testing::Test {
 protected:
  void SetUp() override {
    std::string why;
    const auto state = prepare_node(why);
    if (state == NodeState::no_npm) GTEST_SKIP() << why;
    ASSERT_EQ(state, NodeState::ready) << why;
  }
  static constexpr double kGreetings = 1;  // "Server listening …"
  Pair pair_;
};

TEST_F(Express, MorgansDevIsToldAndCountsWhatWasSent) {
  ASSERT_TRUE(pair_.writer.start_express("dev"));
  expect_agreement(pair_, "auto", kTimed, kGreetings);
  EXPECT_THAT(pair_.agent.output(), HasSubstr("recognised as morgan:dev"));
}

TEST_F(Express, AMorganFormatGivenVerbatimCountsWhatWasSent) {
  const std::string format =
      ":date[iso] :remote-addr \":method :url\" :status :total-time[3] ms :req[user-agent]";
  ASSERT_TRUE(pair_.writer.start_express(format));
  expect_agreement(pair_, format, kTimed, kGreetings);
}

}  // namespace
}  // namespace wayside::e2e
