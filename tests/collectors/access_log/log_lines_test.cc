// What becomes of a file's lines while its format is told, told better, and told anew.
#include "collectors/access_log/log_lines.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "tests/collectors/access_log/collector_fixture.h"
#include "tests/collectors/access_log/format/parsed_lines.h"

namespace wayside {
namespace {

using testing::HasSubstr;

constexpr std::string_view kFront = R"(127.0.0.1 - - [23/Nov/2026:22:31:31 +0000] )";

std::string repeat(std::size_t times, std::string_view line) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text.append(line).push_back('\n');
  return text;
}

std::string combined(std::string_view behind = {}) {
  return std::string(kFront) + R"("GET /a/1 HTTP/1.1" 200 5 "-" "curl")" + std::string(behind);
}

constexpr std::string_view kJson =
    R"({"method":"GET","path":"/j/1","status":200,"duration":"5ms"})";

// One file that is read, as a collector has its lines read.
class Reading {
 public:
  explicit Reading(FormatPtr given = nullptr) : formats_(std::move(given), {}, around_.log) {
    telemetry_.tell(notes_);
    begin_file();
  }
  // Another file of the same name.
  void begin_file() { lines_ = std::make_unique<LogLines>("a.log", formats_, sink_, telemetry_); }
  void head(const std::string& text) { lines_->head(text); }
  void read(std::string text) {
    const std::size_t size = text.size();
    text.resize(size + kBlockPadding);
    lines_->lines(std::string_view(text).substr(0, size));
  }
  [[nodiscard]] std::size_t requests() const { return sink_.requests.size(); }
  [[nodiscard]] const std::vector<OwnedRequest>& all() const { return sink_.requests; }
  [[nodiscard]] double unread(const std::string& reason) const {
    return around_.number(
        "wayside_parse_errors_total{collector=\"access_log\",source=\"a.log\","
        "reason=\"" +
        reason + "\"}");
  }
  [[nodiscard]] double all_unread() const {
    double sum = unread("unknown_format");
    for (std::size_t i = 0; i < kParseProblems; ++i) {
      sum += unread(std::string(to_string(static_cast<ParseProblem>(i))));
    }
    return sum;
  }
  [[nodiscard]] double others() const {
    return around_.number("wayside_other_lines_total{collector=\"access_log\",source=\"a.log\"}");
  }
  [[nodiscard]] double lines() const {
    return around_.number("wayside_lines_read_total{collector=\"access_log\",source=\"a.log\"}");
  }
  [[nodiscard]] std::size_t said(const std::string& text) const { return around_.log.count(text); }

 private:
  Surroundings around_;
  Shard shard_ = around_.store.shard().value();
  FileFamilies families_ = *FileFamilies::declare(around_.store);
  SourceTelemetry telemetry_ = families_.source(shard_, "access_log", "a.log");
  Redaction redaction_ = Redaction::create(around_.rules).value();
  ProblemNotes notes_{"a.log", {redaction_, nullptr, around_.log, around_.clock}};
  FormatBook formats_;
  CollectingSink sink_;
  std::unique_ptr<LogLines> lines_;
};

std::size_t with_attempts(const Reading& reading) {
  return static_cast<std::size_t>(
      std::count_if(reading.all().begin(), reading.all().end(),
                    [](const OwnedRequest& request) { return !request.attempts.empty(); }));
}

TEST(LogLines, AFormatThatChangesAmongTheFirstLinesCostsNoLine) {
  Reading reading;
  const std::string text =
      repeat(20, combined()) + repeat(30, kJson) + repeat(30, combined(" rt=0.010"));
  reading.head(text);
  reading.read(text);
  EXPECT_EQ(reading.requests(), 80);
  EXPECT_EQ(reading.lines(), 80);
  EXPECT_EQ(reading.unread("unknown_format"), 0);
  EXPECT_EQ(reading.unread("no_match"), 0);
  EXPECT_EQ(reading.said("cannot be told"), 0);
}

TEST(LogLines, AFormatThatChangesWithinABlockCostsNoLine) {
  Reading reading;
  reading.head(repeat(64, combined()));
  reading.read(repeat(700, combined()) + repeat(900, combined(" rt=0.010")));
  EXPECT_EQ(reading.requests(), 1600);
  EXPECT_EQ(reading.unread("no_match"), 0);
  reading.read(repeat(5, combined(" rt=0.010")));
  EXPECT_EQ(reading.requests(), 1605);
  EXPECT_EQ(reading.lines(), 1605);
}

TEST(LogLines, TheFirstLineReadTellsThatAnotherFormatWasBegun) {
  Reading reading;
  reading.head(repeat(64, combined()));
  reading.read(repeat(1, combined(" rt=0.010")));
  reading.read(repeat(1, combined(" rt=0.010")));
  EXPECT_EQ(reading.requests(), 2);
}

TEST(LogLines, WhatCannotBeReadAmongOthersCostsItselfAlone) {
  Reading reading;
  const std::string mixed = repeat(6, "no such thing") + repeat(2, combined()) +
                            repeat(6, "nor this") + repeat(1, combined()) + repeat(4, "nor that");
  reading.head(repeat(64, combined()));
  reading.read(mixed);
  EXPECT_EQ(reading.requests(), 3);
  EXPECT_EQ(reading.unread("no_match"), 16);
  EXPECT_EQ(reading.lines(), 19);
  reading.read(repeat(40, "nothing") + repeat(1, combined()));
  EXPECT_EQ(reading.requests(), 4);
  EXPECT_EQ(reading.unread("no_match"), 56);
}

TEST(LogLines, LinesOfUnknownFormatAreCountedAndTellNothing) {
  Reading reading;
  reading.head("nothing\n");
  reading.read(repeat(1000, "nothing of this is a request"));
  reading.read(repeat(3, "nor this"));
  EXPECT_EQ(reading.unread("unknown_format"), 1003);
  EXPECT_EQ(reading.lines(), 1003);
  EXPECT_EQ(reading.said("cannot be told"), 1);
  reading.read(repeat(3, combined()));
  EXPECT_EQ(reading.requests(), 3);
}

TEST(LogLines, WhatAFewLinesCouldNotTellLaterOnesDo) {
  const std::string none = combined(R"( 0.001 - - -)");
  const std::string some = combined(R"( 0.012 0.011 10.0.0.1:80 200)");
  Reading reading;
  reading.head("");
  for (int i = 0; i < 100; ++i) reading.read(repeat(1, none));
  for (int i = 0; i < 200; ++i) reading.read(repeat(1, some));
  EXPECT_EQ(reading.requests(), 300);
  EXPECT_GE(with_attempts(reading), 150);
  EXPECT_EQ(reading.all().back().attempts.at(0).address, "10.0.0.1:80");
}

TEST(LogLines, AKeyTellsItsColumnWhereNoValueDoes) {
  Reading reading;
  reading.head("");
  reading.read(repeat(1, combined(R"( rt=0.001 urt="-" us="-" cs=-)")));
  reading.read(repeat(1, combined(R"( rt=0.012 urt="0.011" us="200" cs=HIT)")));
  ASSERT_EQ(reading.requests(), 2);
  ASSERT_EQ(reading.all().back().attempts.size(), 1);
  EXPECT_EQ(reading.all().back().cache_status, "HIT");
}

TEST(LogLines, AnEqualFirstTimeDoesNotDecideWhichIsTheRequests) {
  Reading reading;
  reading.head("");
  reading.read(repeat(1, combined(" 0.000 0.000")));
  for (int i = 0; i < 10; ++i) reading.read(repeat(1, combined(" 0.010 0.050")));
  EXPECT_EQ(reading.all().back().total, Micros{50'000});
}

TEST(LogLines, ANewFileIsReadAsTheOneBeforeItWhereThatReadsIt) {
  Reading reading;
  const std::string some = combined(R"( 0.012 0.011 10.0.0.1:80 200)");
  reading.head(repeat(64, some));
  reading.read(repeat(64, some));
  reading.begin_file();
  reading.head("");
  reading.read(repeat(1, combined(" 0.001 - - -")));
  reading.read(repeat(1, some));
  EXPECT_EQ(with_attempts(reading), 65);
  EXPECT_EQ(reading.said("recognised"), 1);
  reading.begin_file();
  reading.head(repeat(1, combined(" 0.001")));
  reading.read(repeat(1, combined(" 0.001")));
  EXPECT_EQ(reading.requests(), 67);
}

// Whatever stands beside what, in whatever blocks it comes.
TEST(LogLines, EveryLineIsCountedOnce) {
  const std::vector<std::string> kinds = {combined(),
                                          combined(" rt=0.010"),
                                          combined(" 0.010 -"),
                                          std::string(kJson),
                                          R"({"level":"info","message":"connected"})",
                                          "INFO:     1.2.3.4:5 - \"GET /items/5 HTTP/1.1\" 200 OK",
                                          "GET /a 200 3.210 ms - 12",
                                          "no such thing",
                                          "2026/11/23 22:31:31 [notice] 1#1: start"};
  std::mt19937 random(7);
  const auto below = [&random](std::size_t end) { return random() % end; };
  for (int round = 0; round < 200; ++round) {
    Reading reading;
    double lines = 0;
    for (std::size_t block = 1 + below(6); block > 0; --block) {
      std::string text;
      for (std::size_t runs = 1 + below(5); runs > 0; --runs) {
        const std::size_t times = 1 + below(below(4) == 0 ? 400 : 8);
        text += repeat(times, kinds[below(kinds.size())]);
        lines += static_cast<double>(times);
      }
      if (block % 2 == 0) reading.head(text);
      reading.read(text);
    }
    EXPECT_EQ(reading.lines(), lines) << round;
    EXPECT_EQ(static_cast<double>(reading.requests()) + reading.others() + reading.all_unread(),
              lines)
        << round;
  }
}

TEST(LogLines, JsonLinesThatTellOfNoRequestAreShownOnce) {
  const std::string odd = R"({"verb":"GET","resource":"/u/1","code":201,"token":"hidden"})";
  Reading reading;
  reading.head("");
  for (int i = 0; i < 20; ++i) reading.read(repeat(1, odd));
  EXPECT_EQ(reading.said("tells of a request"), 0);
  for (int i = 0; i < 50; ++i) reading.read(repeat(1, odd));
  EXPECT_EQ(reading.said("no line of it tells of a request"), 1);
  EXPECT_EQ(reading.said("\"resource\":\"/u/1\""), 1);
  EXPECT_EQ(reading.said("hidden"), 0);
}

TEST(LogLines, WhereARequestWasReadOtherLinesAreNoTrouble) {
  Reading reading;
  reading.head("");
  reading.read(repeat(1, kJson) + repeat(100, R"({"level":"info","message":"connected"})"));
  reading.read(repeat(100, R"({"level":"info","message":"connected"})"));
  EXPECT_EQ(reading.said("tells of a request"), 0);
}

}  // namespace
}  // namespace wayside
