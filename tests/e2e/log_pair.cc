#include "tests/e2e/log_pair.h"

#include "tests/e2e/load.h"
#include "tests/support/wait.h"

namespace wayside::e2e {
namespace {

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

void expect_slow_ones(const LogPair& pair) {
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

}  // namespace

testing::AssertionResult LogPair::start_agent(const std::string& format) {
  std::string quoted;
  for (const char c : format) quoted += c == '\'' ? "''" : std::string(1, c);
  agent.configure(
      "service: college-api\nlog: {level: info}\ncollectors:\n  access_log:\n    - path: " +
      writer.log().string() + "\n      start_at: beginning\n      format: '" + quoted + "'\n");
  return agent.start();
}

double LogPair::counted() const {
  const auto page = agent.page();
  return page.sum(kTimed) + page.sum(kUntimed);
}

void expect_agreement(LogPair& pair, const std::string& format, const char* family, double unread) {
  ASSERT_TRUE(pair.start_agent(format));
  // A first one proves its route, so that a 404 that comes later has one to belong to.
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
  if (std::string_view(family) == kTimed) expect_slow_ones(pair);
}

}  // namespace wayside::e2e
