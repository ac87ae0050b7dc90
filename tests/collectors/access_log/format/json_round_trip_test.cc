// Random records, written as each logger would write them, are read back equal; and whatever
// stands in a line, all ways to read it say the same, and what nlohmann/json says.
#include <gtest/gtest.h>

#include <regex>

#include "tests/collectors/access_log/format/json_lines.h"
#include "tests/collectors/access_log/format/json_records.h"

namespace wayside {
namespace {

void expect_equal(const JsonWriter& writer, const JsonRecord& record, const OwnedRequest& request) {
  EXPECT_EQ(to_string(request.method), record.method);
  EXPECT_EQ(request.path, record.path);
  EXPECT_EQ(request.status, record.status);
  EXPECT_EQ(request.client, record.client);
  EXPECT_EQ(request.host, record.host);
  EXPECT_EQ(request.user_agent, record.agent);
  EXPECT_EQ(request.request_id, record.id);
  EXPECT_EQ(request.bytes, record.bytes);
  EXPECT_EQ(request.total.count(), record.micros / writer.duration_unit * writer.duration_unit);
  EXPECT_EQ(request.ended.time_since_epoch().count(),
            record.ended_millis / writer.time_unit * writer.time_unit * 1000);
}

// As most libraries write it, or with all but ASCII escaped, or with blanks.
std::string dump(JsonRandom& random, const nlohmann::ordered_json& json) {
  const bool ascii = random.below(2) == 0;
  if (random.below(4) > 0) return json.dump(-1, ' ', ascii);
  std::string text = json.dump(1, '\t', ascii);
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

TEST(JsonRoundTrip, WhatALoggerWroteIsWhatIsRead) {
  JsonRandom random(20'261'124);
  for (const JsonWriter& writer : json_writers()) {
    SCOPED_TRACE(writer.name);
    std::vector<JsonRecord> records;
    std::string lines;
    for (int i = 0; i < 300; ++i) {
      records.push_back(random.record());
      lines += dump(random, writer.write(records.back())) + (i % 7 == 0 ? "\r\n" : "\n");
    }
    const Parsed parsed = parse_json(lines);
    ASSERT_EQ(parsed.requests.size(), records.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
      expect_equal(writer, records[i], parsed.requests[i]);
      if (testing::Test::HasFailure()) return;
    }
  }
}

// A line in which a few bytes are others now, or are gone, or stand there twice.
std::string mutated(JsonRandom& random, std::string line) {
  constexpr std::string_view kLikely = "\"\\{}[]:,0-9.eEu\r\x80\xC3\xFF";
  for (std::uint64_t n = random.below(3); n > 0 && line.size() > 1; --n) {
    const std::size_t at = random.below(line.size());
    const std::size_t size = 1 + random.below(std::min<std::size_t>(line.size() - at, 12));
    char byte = kLikely[random.below(kLikely.size())];
    if (random.below(3) == 0) byte = static_cast<char>(random.below(256));
    if (byte == '\n') byte = ' ';
    switch (random.below(4)) {
      case 0:
        line.erase(at, size);
        break;
      case 1:
        line.insert(at, line.substr(at, size));
        break;
      case 2:
        line.insert(at, 1, byte);
        break;
      default:
        line[at] = byte;
    }
  }
  return line;
}

// Whether both are at one what a line is: half a surrogate pair is well-formed by the grammar,
// and so is a number that no double can hold; that a value is missing is told apart by us alone.
bool is_arguable(const std::string& line) {
  static const std::regex arguable(R"(\\u[dD]|[eE][+-]?\d{3}|:\s*(-\s*)?[,}])");
  return std::regex_search(line, arguable);
}

TEST(JsonRoundTrip, AllWaysAndAnotherParserAgreeOnAnyLine) {
  JsonRandom random(3);
  for (const JsonWriter& writer : json_writers()) {
    SCOPED_TRACE(writer.name);
    std::string lines;
    std::vector<std::string> each;
    for (int i = 0; i < 1'500; ++i) {
      std::string line = mutated(random, writer.write(random.record()).dump());
      if (line.empty() || line == "\r") continue;
      lines += line + "\n";
      each.push_back(std::move(line));
    }
    const Parsed by_shapes = parse_json(lines);
    const Parsed by_walk = parse_json(lines, {}, JsonWays::walk_only);
    ASSERT_EQ(by_shapes.counts.lines, each.size());
    EXPECT_EQ(by_shapes.counts.problems, by_walk.counts.problems);
    EXPECT_EQ(by_shapes.counts.others, by_walk.counts.others);
    EXPECT_TRUE(by_shapes.requests == by_walk.requests);
    const Parsed portable = parse_json(lines, {}, JsonWays::portable_shapes);
    EXPECT_EQ(portable.counts.problems, by_walk.counts.problems);
    EXPECT_TRUE(portable.requests == by_walk.requests);
    for (const std::string& line : each) {
      if (is_arguable(line)) continue;
      const Parsed one = parse_json(line + "\n");
      const auto json = nlohmann::json::parse(line, nullptr, false);
      const bool well_formed =
          one.problems(ParseProblem::bad_json) + one.problems(ParseProblem::no_match) == 0;
      EXPECT_EQ(well_formed, json.is_object()) << line;
      if (testing::Test::HasFailure()) return;
    }
  }
}

// The members of an object that nginx writes, by the other parser.
TEST(JsonRoundTrip, AnotherParserReadsTheSameTexts) {
  JsonRandom random(11);
  for (int i = 0; i < 3'000; ++i) {
    const std::string line = mutated(random, json_writers().front().write(random.record()).dump());
    const Parsed parsed = parse_json(line + "\n");
    const auto json = nlohmann::json::parse(line, nullptr, false);
    if (parsed.requests.size() != 1 || !json.is_object() || is_arguable(line)) continue;
    const OwnedRequest& request = parsed.requests.front();
    const auto expect_text = [&json, &line](const char* key, const std::string& read) {
      const auto found = json.find(key);
      if (found == json.end() || !found->is_string()) return;
      const auto& text = found->get_ref<const std::string&>();
      if (text.empty() || text == "-") return;
      EXPECT_EQ(read, text) << line;
    };
    expect_text("request_uri", request.path);
    expect_text("http_user_agent", request.user_agent);
    expect_text("request_id", request.request_id);
    expect_text("host", request.host);
  }
}

}  // namespace
}  // namespace wayside
