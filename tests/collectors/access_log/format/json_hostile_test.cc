#include <gtest/gtest.h>

#include "tests/collectors/access_log/format/json_lines.h"

namespace wayside {
namespace {

constexpr std::string_view kGood = R"({"url":"/a","status":200,"duration_ms":1})";

// A line of these members, in the object of a request that is else in order.
std::string with(std::string_view members) {
  return R"({"url":"/a","status":200,)" + std::string(members) + "}";
}

TEST(JsonHostile, WhatIsMalformedIsCountedAndLosesNothingElse) {
  const std::vector<std::string> broken = {
      R"({"url":"/a","status":200,"durat)",
      R"({"url":"/a","status":200)",
      R"({"url":"/a","status":200,})",
      R"({"url":"/a" "status":200})",
      R"({"url":"/a","status":200}})",
      R"({"url":"/a","status":200} x)",
      R"({url:"/a","status":200})",
      R"({"url":'/a',"status":200})",
      R"({"url":"/\x41","status":200})",
      R"({"url":"/\u12G4","status":200})",
      R"({"url":"/\u12)",
      R"({"url":"/a\)",
      with("\"x\":\"\xFF\""),
      with("\"x\":\"\xC0\x80\""),
      with("\"x\":\"\xED\xA0\x80\""),
      with("\"x\":\"\xE2\x82\""),
      with("\"x\":\"a\tb\""),
      with(std::string("\"x\":\"a\0b\"", 9)),
      with(std::string("\0", 1)),
      with("\"x\":NaN"),
      with("\"x\":-Infinity"),
      with("\"x\":01"),
      with("\"x\":1."),
      with("\"x\":.5"),
      with("\"x\":+1"),
      with("\"x\":1e"),
      with("\"x\":--"),
      with("\"x\":tru"),
      with("\"x\":truely"),
      with("\"x\":0x1F"),
      with("\"x\":12345678901234567890123a"),
      with("\"x\":[1,2"),
      with("\"x\":[1,]"),
      with("\"x\":{\"y\":1,}"),
      with("\"x\""),
  };
  for (const std::string& line : broken) {
    const Parsed parsed =
        parse_json(std::string(kGood) + "\n" + line + "\n" + std::string(kGood) + "\n");
    EXPECT_EQ(parsed.counts.lines, 3) << line;
    EXPECT_EQ(parsed.problems(ParseProblem::bad_json), 1) << line;
    EXPECT_EQ(parsed.requests.size(), 2) << line;
  }
}

TEST(JsonHostile, AnEmptyVariableOutsideQuotesIsAbsent) {
  EXPECT_EQ(show_json(R"({"status":200,"request_uri":"/a","request_time":,"host":"h"})"),
            "_OTHER /a 200 host=h");
  EXPECT_EQ(show_json(R"({"status":200,"request_uri":"/a","upstream_response_time": - })"),
            "_OTHER /a 200");
  EXPECT_EQ(show_json(R"({"status":,"request_uri":"/a"})"), "other");
  EXPECT_EQ(show_json(R"({"status":200,"request_uri":"/a","request_time":,,})"), "bad_json");
}

TEST(JsonHostile, TextAmongJsonIsOfAnotherFormat) {
  for (const char* line :
       {"Server listening on port 3000", "[1,2]", "\"a\"", "17", "null", "\x01"}) {
    EXPECT_EQ(show_json(line), "no_match") << line;
  }
}

TEST(JsonHostile, ValuesOutOfRangeAreCountedByReason) {
  EXPECT_EQ(show_json(with("\"duration_ms\":-1")), "bad_duration");
  EXPECT_EQ(show_json(with("\"duration_ms\":1e300")), "bad_duration");
  EXPECT_EQ(show_json(with("\"duration_ms\":\"NaN\"")), "bad_duration");
  EXPECT_EQ(show_json(with("\"duration_ms\":\"-5ms\"")), "bad_duration");
  EXPECT_EQ(show_json(with("\"duration_ms\":99999999999999999999999999")), "bad_duration");
  EXPECT_EQ(show_json(with("\"duration_ms\":true")), "bad_duration");
  EXPECT_EQ(show_json(with("\"time\":-1")), "bad_time");
  EXPECT_EQ(show_json(with("\"time\":1e30")), "bad_time");
  EXPECT_EQ(show_json(with("\"time_iso8601\":\"yesterday\"")), "bad_time");
  EXPECT_EQ(show_json(with("\"bytes\":-2")), "bad_bytes");
  EXPECT_EQ(show_json(with("\"bytes\":1.5")), "bad_bytes");
  EXPECT_EQ(show_json(R"({"url":"/a","status":99999})"), "bad_status");
  EXPECT_EQ(show_json(R"({"url":"/a","status":-200})"), "bad_status");
  EXPECT_EQ(show_json(R"({"url":"/a","status":"20"})"), "bad_status");
}

TEST(JsonHostile, OddValuesAreReadForWhatTheyAre) {
  EXPECT_EQ(show_json(with("\"duration_ms\":-0.0")), "_OTHER /a 200 0us");
  EXPECT_EQ(show_json(with("\"duration_ms\":1e-400")), "_OTHER /a 200 0us");
  EXPECT_EQ(show_json(with("\"duration_ms\":123456789012345678901234567890e-27")),
            "_OTHER /a 200 123456us");
  EXPECT_EQ(show_json(with("\"time\":\"yesterday\"")), "_OTHER /a 200");
  EXPECT_EQ(show_json(with("\"bytes\":-1")), "_OTHER /a 200");
  EXPECT_EQ(show_json(with("\"x\":1e999,\"y\":[[],{},[{}]]")), "_OTHER /a 200");
  EXPECT_EQ(show_json(with("\"host\":null,\"ip\":\"\",\"request_id\":\"-\"")), "_OTHER /a 200");
  EXPECT_EQ(show_json(" \t{ \"url\" : \"/a\" , \"status\" : 200 } \r"), "_OTHER /a 200");
}

TEST(JsonHostile, OfARepeatedKeyTheLastCounts) {
  EXPECT_EQ(show_json(R"({"url":"/a","status":200,"url":"/b","status":500})"), "_OTHER /b 500");
}

TEST(JsonHostile, EscapesAreUndone) {
  const auto path = [](std::string_view text) {
    const Parsed parsed = parse_json(R"({"status":200,"url":")" + std::string(text) + "\"}\n");
    return parsed.requests.size() == 1 ? parsed.requests[0].path : "no request";
  };
  EXPECT_EQ(path(R"(\/a\"b\\c)"), "/a\"b\\c");
  EXPECT_EQ(path(R"(/\b\f\n\r\t)"), "/\b\f\n\r\t");
  EXPECT_EQ(path(R"(/a\u0000b)"), std::string("/a\0b", 4));
  EXPECT_EQ(path(R"(/\u00e9\u20AC\ud83d\ude00)"), "/é€😀");
  EXPECT_EQ(path(R"(/\ud83d)"), "/\uFFFD");
  EXPECT_EQ(path(R"(/\ude00\ud83dx)"), "/\uFFFD\uFFFDx");
  EXPECT_EQ(path(R"(/\ud83d\u0041)"), "/\uFFFDA");
  EXPECT_EQ(path("/é€😀"), "/é€😀");
  EXPECT_EQ(show_json(R"({"st\u0061tus":200,"\u0075rl":"/k"})"), "_OTHER /k 200");
}

TEST(JsonHostile, NestingIsBounded) {
  const auto nested = [](std::size_t depth) {
    return with("\"x\":" + std::string(depth, '[') + std::string(depth, ']'));
  };
  EXPECT_EQ(show_json(nested(JsonWalk::kMaxDepth - 1)), "_OTHER /a 200");
  EXPECT_EQ(show_json(nested(JsonWalk::kMaxDepth)), "bad_json");
  EXPECT_EQ(show_json(nested(20'000)), "bad_json");
  EXPECT_EQ(show_json(with("\"x\":" + std::string(60'000, '['))), "bad_json");
}

TEST(JsonHostile, LongEscapedTextsOfManyLinesAllFindRoom) {
  std::string path = "/";
  for (int i = 0; i < 10'000; ++i) path += "\\u00e9";
  std::string lines;
  for (int i = 0; i < 40; ++i) lines += R"({"status":200,"url":")" + path + "\"}\n";
  const Parsed parsed = parse_json(lines);
  ASSERT_EQ(parsed.requests.size(), 40);
  for (const OwnedRequest& request : parsed.requests) EXPECT_EQ(request.path.size(), 20'001);
}

TEST(JsonHostile, KeysWithoutEndNeitherStopNorGrowIt) {
  std::string lines;
  for (int i = 0; i < 30'000; ++i) {
    const std::string key = std::to_string(i);
    lines += R"({"k)" + key + R"(":"v","url":"/a","n)" + key + R"(":1,"status":200})" + "\n";
  }
  EXPECT_EQ(parse_json(lines).requests.size(), 30'000);
}

}  // namespace
}  // namespace wayside
