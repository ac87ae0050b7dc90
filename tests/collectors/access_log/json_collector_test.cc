#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/collectors/access_log/collector_fixture.h"

namespace wayside {
namespace {

std::string text_line(const std::string& target) {
  return "10.0.0.9 - - [23/Nov/2026:22:31:31 +0000] \"GET " + target +
         " HTTP/1.1\" 200 612 \"-\" \"curl/7.88.1\" 0.012 0.012\n";
}

std::string nginx_line(const std::string& target) {
  return R"({"request_method":"GET","request_uri":")" + target +
         R"(","status":"200","request_time":"0.012"})" + "\n";
}

std::string winston_lines(const std::string& target) {
  const std::string rest =
      R"(,"method":"GET","url":")" + target + R"(","duration":"1200ms","statusCode":200})" + "\n";
  return R"({"level":"info","message":"Request completed")" + rest +
         R"({"level":"warn","message":"Slow request detected")" + rest;
}

class JsonLog : public testing::Test {
 protected:
  std::string log() const { return dir.file("access.log"); }
  AccessLogConfig entry() const {
    return {.path = log(), .service = "api", .start_at_beginning = true};
  }
  double number(const std::string& family, const std::string& reason = "") const {
    return around.number(family + "{collector=\"access_log\",source=\"" + log() + "\"" +
                         (reason.empty() ? "" : ",reason=\"" + reason + "\"") + "}");
  }
  bool reads(double count) {
    return eventually([&] { return number("wayside_lines_read_total") >= count; });
  }

  TempDir dir;
  Surroundings around;
};

TEST_F(JsonLog, IsToldWithWhoWroteItAndRead) {
  append(log(), nginx_line("/api/students/1") + "{\"broken\n" + nginx_line("/api/students/2"));
  const Collecting collecting(around, {entry()});
  ASSERT_TRUE(reads(3));
  EXPECT_EQ(around.requests("http_route=\"/api/students/:id\""), 2U);
  EXPECT_EQ(number("wayside_parse_errors_total", "bad_json"), 1);
  EXPECT_EQ(around.log.count("recognised as JSON lines as nginx writes them"), 1U);
}

TEST_F(JsonLog, TheTwoLinesOfASlowRequestCountOnce) {
  append(log(), winston_lines("/slow") + "{\"level\":\"info\",\"message\":\"bye\"}\n");
  const Collecting collecting(around, {entry()});
  ASSERT_TRUE(reads(3));
  EXPECT_EQ(around.requests(), 1U);
  ASSERT_TRUE(eventually([&] { return around.events.count("slow_request") == 1; }));
  EXPECT_EQ(number("wayside_parse_errors_total", "bad_json"), 0);
}

TEST_F(JsonLog, AFileThatTurnsFromTextToJsonAndBackIsToldAnew) {
  const Writer writer(log());
  const auto write = [&writer](std::string (*line)(const std::string&), const char* target) {
    std::string text;
    for (int i = 0; i < 20; ++i) text += line(target);
    writer.write(text);
  };
  write(text_line, "/a");
  const Collecting collecting(around, {entry()});
  ASSERT_TRUE(reads(20));
  write(nginx_line, "/b");
  ASSERT_TRUE(reads(40));
  write(text_line, "/c");
  ASSERT_TRUE(reads(60));
  // Of each change four lines in a row may have been counted as wrong before there was a doubt.
  EXPECT_GE(around.requests("http_route=\"/b\""), 16U);
  EXPECT_GE(around.requests("http_route=\"/c\""), 16U);
  EXPECT_EQ(around.log.count("recognised as JSON lines as nginx writes them"), 1U);
}

TEST_F(JsonLog, AConfigNamesKeysAndUnits) {
  append(log(), "{\"where\":\"/a\",\"code\":200,\"took\":1500000}\n");
  auto with = entry();
  with.format = "json";
  with.options.fields = {{"path", "where"}, {"status", "code"}, {"duration", "took"}};
  with.options.duration_unit = "us";
  const Collecting collecting(around, {with});
  ASSERT_TRUE(reads(1));
  EXPECT_EQ(around.requests("http_route=\"/a\""), 1U);
  ASSERT_TRUE(eventually([&] { return around.events.count("slow_request") == 1; }));
}

}  // namespace
}  // namespace wayside
