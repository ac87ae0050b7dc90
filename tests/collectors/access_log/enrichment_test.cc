// Entries that do not count, and lines that cannot be read, as the collector hands them on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/collectors/access_log/collector_fixture.h"

namespace wayside {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kFormat =
    "$remote_addr [$time_iso8601] \"$request\" $status $request_time $request_id";

std::string line(const std::string& seconds, const std::string& id, const std::string& status) {
  return "10.0.0.9 [" + to_rfc3339(SystemClock().wall()).substr(0, 19) +
         "+00:00] \"GET /a?token=hunter2 HTTP/1.1\" " + status + " " + seconds + " " + id + "\n";
}

class AccessLogEntries : public testing::Test {
 protected:
  AccessLogConfig entry(const std::string& name) const {
    AccessLogConfig config;
    config.path = dir.file(name);
    config.format = kFormat;
    config.service = "api";
    config.start_at_beginning = true;
    return config;
  }
  AccessLogContext context() {
    AccessLogContext with = around.context();
    with.boards = &boards;
    return with;
  }
  nlohmann::ordered_json problems() const {
    return boards.problems.json({}, around.clock.wall())["problems"];
  }

  TempDir dir;
  RequestBoards boards;
  Surroundings around;
};

TEST_F(AccessLogEntries, OneThatDoesNotCountEnrichesAndIsInNoMetric) {
  auto app = entry("app.log");
  app.count = false;
  append(entry("nginx.log").path, line("2.000", "r1", "200"));
  append(app.path, line("1.900", "r1", "503") + line("0.001", "r2", "200"));
  const Collecting collecting(around, {entry("nginx.log"), app}, context());
  ASSERT_TRUE(eventually([&] { return around.events.count("slow_request") == 1; }));
  EXPECT_EQ(around.requests(), 1U);
  EXPECT_EQ(around.number("wayside_lines_read_total{collector=\"access_log\",source=\"" + app.path +
                          "\"}"),
            2);
  const auto log = around.events.last("slow_request").fields["service_log"];
  EXPECT_EQ(log.dump(), R"({"status":503,"duration":1.9})");
}

TEST_F(AccessLogEntries, AServicesJsonLineJoinsNginxs) {
  auto app = entry("app.log");
  app.format = "auto";
  app.count = false;
  std::string lines;
  for (int i = 0; i < 20; ++i) {
    lines +=
        R"({"level":"info","message":"Request completed","method":"GET","url":"/a","duration":")" +
        std::to_string(i == 7 ? 1'900 : 3) + R"(ms","statusCode":200,"requestId":"r)" +
        std::to_string(i) + "\"}\n";
  }
  append(app.path, lines);
  append(entry("nginx.log").path, line("2.000", "r7", "200"));
  const Collecting collecting(around, {app, entry("nginx.log")}, context());
  ASSERT_TRUE(eventually([&] { return around.events.count("slow_request") == 1; }));
  EXPECT_EQ(around.requests(), 1U);
  EXPECT_EQ(around.events.last("slow_request").fields["service_log"].dump(), R"({"duration":1.9})");
}

TEST_F(AccessLogEntries, BotsAreKnownByTheUserAgentOfTheLine) {
  auto config = entry("nginx.log");
  config.format = "combined";
  around.rules.ignore_bots = true;
  const std::string front =
      "10.0.0.9 - - [23/Nov/2026:22:31:31 +0000] \"GET /a HTTP/1.1\" 200 6 \"-\" ";
  append(config.path, front + "\"Mozilla/5.0 (compatible; bingbot/2.0)\"\n" + front +
                          "\"Mozilla/5.0 (X11; Linux x86_64)\"\n");
  const Collecting collecting(around, {config}, context());
  const std::string series = "wayside_requests_ignored_total{service_name=\"api\",rule=\"bots\"}";
  // The bot's line is counted first, and a scrape may come before the other's.
  const std::string other =
      "wayside_requests_without_latency_total{service_name=\"api\",http_request_method=\"GET\","
      "http_route=\"/a\",http_response_status_code=\"200\"}";
  EXPECT_TRUE(eventually([&] { return around.number(other) == 1; })) << around.number(other);
  EXPECT_EQ(around.number(series), 1);
}

TEST_F(AccessLogEntries, WhoIsTakenFromTheVariableTheEntryNames) {
  auto config = entry("nginx.log");
  config.format = std::string(kFormat) + " $http_x_tenant";
  config.options.who = "http_x_tenant";
  std::string bad = line("0.1", "r", "503");
  bad.insert(bad.size() - 1, " tenant-7");
  append(config.path, bad);
  const Collecting collecting(around, {config}, context());
  ASSERT_TRUE(eventually([&] { return !boards.clients.json("api")["services"].empty(); }));
  EXPECT_EQ(boards.clients.json("api")["services"][0]["troubled"].dump(),
            R"([{"who":"tenant-7","requests":1,"failed":1}])");
}

TEST_F(AccessLogEntries, LinesThatCannotBeReadHaveAnExampleOnTheBoard) {
  const auto config = entry("nginx.log");
  append(config.path, line("0.1", "r", "2x0") + line("0.1", "r", "2y0") + "rubbish\r\n" +
                          line("0.1", "r", "200") + std::string(70'000, 'x') + "\n");
  const Collecting collecting(around, {config}, context());
  ASSERT_TRUE(eventually([&] { return problems().size() == 3; }));
  for (const auto& problem : problems()) {
    EXPECT_EQ(problem["source"], config.path);
    if (problem["reason"] == "bad_status") {
      EXPECT_EQ(problem["count"], 2);
      EXPECT_THAT(problem["example"], HasSubstr(" 2x0 ")) << "the first of them";
      EXPECT_THAT(problem["example"], Not(HasSubstr("hunter2")));
    } else if (problem["reason"] == "no_match") {
      EXPECT_EQ(problem["example"], "rubbish");
    } else {
      EXPECT_EQ(problem["reason"], "line_too_long");
      EXPECT_FALSE(problem.contains("example"));
    }
  }
  EXPECT_EQ(around.log.count("lines that cannot be read (bad_status)"), 1U);
  EXPECT_EQ(around.log.count("hunter2"), 0U);
}

TEST_F(AccessLogEntries, EachReasonIsLoggedOnceAFile) {
  const auto config = entry("nginx.log");
  const Collecting collecting(around, {config}, context());
  for (int i = 1; i <= 3; ++i) {
    append(config.path, "rubbish\n");
    ASSERT_TRUE(eventually([&] { return !problems().empty() && problems()[0]["count"] == i; }));
  }
  EXPECT_EQ(around.log.count("lines that cannot be read"), 1U);
}

TEST_F(AccessLogEntries, LinesOfNoKnownFormatHaveAnExampleToo) {
  auto config = entry("odd.log");
  config.format = "auto";
  append(config.path, "\nwhat is this password=hunter2\nand this\n");
  const Collecting collecting(around, {config}, context());
  ASSERT_TRUE(eventually([&] { return !problems().empty(); }));
  EXPECT_EQ(problems()[0]["reason"], "unknown_format");
  EXPECT_EQ(problems()[0]["count"], 2);
  EXPECT_EQ(problems()[0]["example"], "what is this password=[redacted]");
}

}  // namespace
}  // namespace wayside
