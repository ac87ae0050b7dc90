#include "collectors/access_log/collector.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/collectors/access_log/collector_fixture.h"

namespace wayside {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// nginx's combined with $request_time and $upstream_response_time behind.
std::string timed(const std::string& target, int status, const std::string& seconds) {
  return "10.0.0.9 - - [23/Nov/2026:22:31:31 +0000] \"GET " + target + " HTTP/1.1\" " +
         std::to_string(status) + " 612 \"-\" \"curl/7.88.1\" " + seconds + " " + seconds + "\n";
}

std::string combined(const std::string& target) {
  return "10.0.0.9 - - [23/Nov/2026:22:31:31 +0000] \"GET " + target +
         " HTTP/1.1\" 200 612 \"-\" \"curl/7.88.1\"\n";
}

constexpr const char* kTimedFormat =
    "$remote_addr - $remote_user [$time_local] \"$request\" $status $body_bytes_sent "
    "\"$http_referer\" \"$http_user_agent\" $request_time $upstream_response_time";

class AccessLog : public testing::Test {
 protected:
  std::string log() const { return dir.file("access.log"); }
  AccessLogConfig entry() const {
    return {.path = log(), .service = "api", .start_at_beginning = true};
  }
  AccessLogConfig given() const {
    auto with = entry();
    with.format = kTimedFormat;
    return with;
  }
  std::string labels(const std::string& reason = "") const {
    return "{collector=\"access_log\",source=\"" + log() + "\"" +
           (reason.empty() ? "" : ",reason=\"" + reason + "\"") + "}";
  }
  double lines() const { return around.number("wayside_lines_read_total" + labels()); }
  double errors(const std::string& reason) const {
    return around.number("wayside_parse_errors_total" + labels(reason));
  }
  bool reads(double count) {
    return eventually([&] { return lines() >= count; });
  }

  TempDir dir;
  Surroundings around;
};

TEST_F(AccessLog, LinesBecomeRequestsOfTheServiceByRoute) {
  append(log(), timed("/api/students/1", 200, "0.012") + timed("/api/students/2", 200, "0.250") +
                    timed("/api/students/3", 503, "0.000"));
  Collecting collecting(around, {given()});
  ASSERT_TRUE(reads(3));
  EXPECT_EQ(around.requests("service_name=\"api\""), 3U);
  EXPECT_EQ(around.requests("http_route=\"/api/students/:id\""), 3U);
  EXPECT_EQ(around.requests("http_response_status_code=\"503\""), 1U);
  EXPECT_TRUE(eventually([&] { return collecting->ready(); }));
}

TEST_F(AccessLog, ASlowRequestIsAnEvent) {
  append(log(), timed("/a", 200, "0.999") + timed("/a", 200, "1.001"));
  const Collecting collecting(around, {given()});
  ASSERT_TRUE(eventually([&] { return around.events.count("slow_request") == 1; }));
}

TEST_F(AccessLog, BadLinesAreCountedByReasonAndStopNothing) {
  append(log(), timed("/a", 200, "0.1") + "garbage\n" + std::string(kMaxLineBytes + 1, 'x') + "\n" +
                    timed("/a", 200, "0.2"));
  const Collecting collecting(around, {given()});
  ASSERT_TRUE(reads(4));
  EXPECT_EQ(around.requests(), 2U);
  EXPECT_EQ(errors("no_match"), 1);
  EXPECT_EQ(errors("line_too_long"), 1);
  EXPECT_EQ(errors("unknown_format"), 0);
}

TEST_F(AccessLog, TheFormatIsToldByTheFirstLinesAndSaid) {
  std::string text;
  for (int i = 0; i < 20; ++i) text += timed("/api/students/" + std::to_string(i), 200, "0.012");
  append(log(), text);
  const Collecting collecting(around, {entry()});
  ASSERT_TRUE(reads(20));
  EXPECT_EQ(around.requests(), 20U);
  EXPECT_EQ(around.log.count("access.log: recognised as"), 1U);
}

TEST_F(AccessLog, TheFormatIsToldByTheHeadAlsoWhereReadingStartsAtTheEnd) {
  std::string text;
  for (int i = 0; i < 20; ++i) text += timed("/old", 200, "0.012");
  append(log(), text);
  auto at_end = entry();
  at_end.start_at_beginning = false;
  Collecting collecting(around, {at_end});
  ASSERT_TRUE(eventually([&] { return collecting->ready(); }));
  append(log(), timed("/new", 200, "0.012"));
  ASSERT_TRUE(reads(1));
  EXPECT_EQ(around.requests(), 1U);
  EXPECT_EQ(around.requests("http_route=\"/new\""), 1U);
}

TEST_F(AccessLog, AFormatWithoutDurationsIsSaidOnce) {
  append(log(), combined("/a") + combined("/b"));
  const Collecting collecting(around, {entry()});
  ASSERT_TRUE(reads(2));
  EXPECT_EQ(around.log.count("recognised as combined"), 1U);
  EXPECT_EQ(around.log.count("add $request_time"), 1U);
}

TEST_F(AccessLog, LinesOfNoKnownFormatAreCountedUntilOthersTell) {
  const Writer writer(log());
  writer.write("what is this\nand this\n");
  const Collecting collecting(around, {entry()});
  ASSERT_TRUE(reads(2));
  EXPECT_EQ(errors("unknown_format"), 2);
  EXPECT_EQ(around.log.count("cannot be told"), 1U);
  std::string text;
  for (int i = 0; i < 10; ++i) text += timed("/a", 200, "0.012");
  writer.write(text);
  ASSERT_TRUE(reads(12));
  EXPECT_EQ(around.requests(), 10U);
  EXPECT_EQ(errors("unknown_format"), 2);
  EXPECT_EQ(around.log.count("recognised as"), 1U);
}

TEST_F(AccessLog, AFormatThatChangesInTheSameFileIsToldAnew) {
  const Writer writer(log());
  std::string text;
  for (int i = 0; i < 10; ++i) text += combined("/a");
  writer.write(text);
  const Collecting collecting(around, {entry()});
  ASSERT_TRUE(reads(10));
  text.clear();
  for (int i = 0; i < 100; ++i) text += timed("/b", 200, "0.012");
  writer.write(text);
  ASSERT_TRUE(reads(110));
  // Four lines in a row may have been read, and counted as wrong, before there was a doubt.
  EXPECT_GE(around.requests("http_route=\"/b\""), 96U);
  EXPECT_LE(errors("no_match"), 4);
  EXPECT_EQ(around.log.count("recognised as"), 2U);
}

TEST_F(AccessLog, SourcesTellOfTheirFiles) {
  append(log(), timed("/a", 200, "0.1") + "half");
  Collecting collecting(around, {given()});
  ASSERT_TRUE(eventually([&] { return around.number("wayside_source_files" + labels()) == 1; }));
  EXPECT_EQ(around.number("wayside_source_lag_bytes" + labels()), 4);
  EXPECT_EQ(around.number("wayside_read_bytes_total" + labels()),
            static_cast<double>(timed("/a", 200, "0.1").size()));
  fs::rename(log(), log() + ".1");
  append(log(), timed("/a", 200, "0.1"));
  ASSERT_TRUE(
      eventually([&] { return around.number("wayside_file_rotations_total" + labels()) == 1; }));
  collecting.stop();
  EXPECT_EQ(around.number("wayside_source_files" + labels()), 0);
}

TEST_F(AccessLog, WhereThereIsNoFileToReadNoLagIsTold) {
  const auto lag = [&] { return around.number("wayside_source_lag_bytes" + labels()); };
  const auto age = [&] { return around.number("wayside_source_lag_seconds" + labels()); };
  Collecting collecting(around, {given()});
  ASSERT_TRUE(
      eventually([&] { return collecting->outcome().state == Outcome::State::nothing_there; }));
  EXPECT_EQ(lag(), -1);
  EXPECT_EQ(age(), -1);
  EXPECT_EQ(around.number("wayside_source_files" + labels()), 0);
  append(log(), timed("/a", 200, "0.1"));
  EXPECT_TRUE(eventually([&] { return lag() == 0 && age() == 0; }));
  collecting.stop();
  EXPECT_EQ(lag(), -1);
  EXPECT_EQ(age(), -1);
}

TEST_F(AccessLog, ANamedPipeThatIsMadeAfterTheStartIsReadWithoutAReload) {
  Collecting collecting(around, {given()});
  ASSERT_TRUE(
      eventually([&] { return collecting->outcome().state == Outcome::State::nothing_there; }));
  ASSERT_EQ(::mkfifo(log().c_str(), 0600), 0);
  append(log(), timed("/a", 200, "0.1"));  // waits for a reader
  ASSERT_TRUE(reads(1));
  const auto bytes = static_cast<double>(timed("/a", 200, "0.1").size());
  EXPECT_TRUE(
      eventually([&] { return around.number("wayside_read_bytes_total" + labels()) == bytes; }));
  EXPECT_TRUE(
      eventually([&] { return around.number("wayside_source_lag_bytes" + labels()) == 0; }));
  EXPECT_TRUE(eventually([&] { return collecting->outcome().state == Outcome::State::ok; }));
  EXPECT_EQ(around.number("wayside_source_lag_seconds" + labels()), -1);
  EXPECT_EQ(around.requests(), 1U);
  EXPECT_FALSE(around.log.has("no regular file"));
}

TEST_F(AccessLog, EntriesOfOneServiceAreSummedAndOfOthersKeptApart) {
  append(dir.file("a.log"), timed("/a", 200, "0.1"));
  append(dir.file("b.log"), timed("/a", 200, "0.1"));
  append(dir.file("c.log"), timed("/a", 200, "0.1"));
  auto a = given();
  a.path = dir.file("a.log");
  auto b = given();
  b.path = dir.file("b.log");
  auto c = given();
  c.path = dir.file("c.log");
  c.service = "shop";
  const Collecting collecting(around, {a, b, c});
  ASSERT_TRUE(eventually([&] { return around.requests() == 3; }));
  EXPECT_EQ(around.requests("service_name=\"api\""), 2U);
  EXPECT_EQ(around.requests("service_name=\"shop\""), 1U);
}

TEST_F(AccessLog, AnotherCollectorGoesOnWhereTheFirstWasStopped) {
  constexpr int kLines = 5'000;
  {
    Collecting first(around, {given()});
    ASSERT_TRUE(eventually([&] { return first->ready(); }));
  }
  const std::jthread writing([&] {
    const Writer writer(log());
    for (int i = 0; i < kLines; ++i) writer.write(timed("/a", 200, "0.1"));
  });
  for (int i = 1; i <= 5; ++i) {
    const Collecting collecting(around, {given()});
    eventually([&] { return around.requests() >= static_cast<std::uint64_t>(kLines / 5 * i); });
  }
  EXPECT_EQ(around.requests(), static_cast<std::uint64_t>(kLines));
  EXPECT_EQ(lines(), kLines);
}

TEST_F(AccessLog, APathNamedTwiceIsRefused) {
  auto made = AccessLogCollector::create({entry(), entry()}, around.context());
  ASSERT_FALSE(made.ok());
  EXPECT_THAT(made.error().message, HasSubstr("named twice"));
}

TEST_F(AccessLog, TheOutcomeTellsWhetherAnythingIsFollowed) {
  Collecting collecting(around, {given()});
  ASSERT_TRUE(
      eventually([&] { return collecting->outcome().state == Outcome::State::nothing_there; }));
  EXPECT_THAT(collecting->outcome().why, HasSubstr(log()));
  append(log(), timed("/a", 200, "0.1"));
  EXPECT_TRUE(eventually([&] { return collecting->outcome().state == Outcome::State::ok; }));
}

TEST_F(AccessLog, ItDescribesWhatIsThere) {
  Collecting collecting(around, {given()});
  EXPECT_EQ(collecting->describe(), log() + " (no file yet)");
  append(log(), "");
  EXPECT_EQ(collecting->describe(), log() + " (1 file)");
}

TEST_F(AccessLog, IdleItHardlyWakes) {
  append(log(), timed("/a", 200, "0.1"));
  Collecting collecting(around, {given()});
  ASSERT_TRUE(reads(1));
  const long before = collecting.sleeps();
  ASSERT_GT(before, 0);
  std::this_thread::sleep_for(std::chrono::seconds(3));
  // A beat a second and a look every two.
  EXPECT_LE(collecting.sleeps() - before, 8);
}

TEST_F(AccessLog, CheckTellsWhatTheFormatReads) {
  std::string report;
  auto missing = try_access_log(given(), report);
  ASSERT_FALSE(missing.ok());
  EXPECT_THAT(missing.error().message, HasSubstr("no file matches"));

  append(log(), "");
  ASSERT_TRUE(try_access_log(given(), report).ok());
  EXPECT_EQ(report, log() + ": no whole line yet");

  append(log(), timed("/a", 200, "0.1") + "garbage\n");
  report.clear();
  ASSERT_TRUE(try_access_log(given(), report).ok());
  EXPECT_THAT(report, HasSubstr("1 of its first 2 lines can be read"));

  auto wrong = given();
  wrong.format = "$status $request_time";
  report.clear();
  EXPECT_FALSE(try_access_log(wrong, report).ok());
  EXPECT_THAT(report, HasSubstr("0 of its first 2 lines can be read"));
}

}  // namespace
}  // namespace wayside
