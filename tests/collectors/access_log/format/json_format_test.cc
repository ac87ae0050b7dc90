#include "collectors/access_log/format/json_format.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collectors/access_log/format/formats.h"
#include "tests/collectors/access_log/format/parsed_lines.h"

namespace wayside {
namespace {

using testing::HasSubstr;

std::string told(std::string_view lines) {
  const auto format = tell_format(lines, {});
  return format ? (*format)->shown() : format.error().message;
}

TEST(JsonFormat, IsToldWithWhoWroteIt) {
  EXPECT_EQ(told("{\"level\":30,\"msg\":\"Server listening\"}\n"
                 "{\"level\":30,\"req\":{\"method\":\"GET\",\"url\":\"/\"},"
                 "\"res\":{\"statusCode\":200},\"responseTime\":1}\n"),
            "JSON lines as pino writes them (durations without a unit are ms)");
  EXPECT_EQ(told("{\"request_uri\":\"/\",\"status\":\"200\",\"request_time\":\"0.001\"}\n"),
            "JSON lines as nginx writes them (durations without a unit are s)");
  EXPECT_EQ(told("{\"path\":\"/\",\"status_code\":200,\"duration\":0.1}\n{\"path\":\"/\",\"st"),
            "JSON lines as Python's loggers write them (durations without a unit are s)");
  EXPECT_EQ(told("{\"message\":\"started\"}\nbanner\n{\"message\":\"ready\"}\n"),
            "JSON lines (durations without a unit are ms)");
}

TEST(JsonFormat, WhatRunsAServiceMayPutATimeOrANameInFront) {
  const std::string object = R"({"method":"GET","url":"/a","statusCode":200,"duration":"12ms"})";
  for (const std::string_view prefix :
       {"2026-11-23 22:31:31: ", "2026-11-23T22:31:31.123Z ",
        "2026-11-23 22:31 +00:00: ", "0|api  | ", "api-1 | ", "0|api  | 2026-11-23T22:31:31: "}) {
    const std::string line = std::string(prefix) + object + "\n";
    ASSERT_TRUE(are_json_lines(line)) << prefix;
    const auto format = tell_format(line, {});
    ASSERT_TRUE(format.ok()) << prefix;
    const Parsed parsed = parse_by(*(*format)->parser(), line + object + "\n");
    ASSERT_EQ(parsed.requests.size(), 2) << prefix;
    EXPECT_EQ(parsed.requests[0], parsed.requests[1]) << prefix;
  }
}

// Words may tell that the line is of a request that was told of before.
TEST(JsonFormat, WordsInFrontAreNoPrefix) {
  const std::string object = R"({"method":"GET","url":"/a","statusCode":200,"duration":"12ms"})";
  for (const std::string_view prefix :
       {"warn: Slow request detected ", "2026-11-23 22:31:31 warn: ", "2026-11-23",
        "api | warn: ", "a\"| "}) {
    const std::string line = std::string(prefix) + object + "\n";
    EXPECT_FALSE(are_json_lines(line)) << prefix;
  }
}

TEST(JsonFormat, MostLinesDecide) {
  EXPECT_THAT(told("{\"a\":1\n{\"b\":\n{\"status\":200,\"url\":\"/\"}\n"), HasSubstr("broken"));
  EXPECT_FALSE(are_json_lines("{\"a\":1}\nGET /\nGET /\n"));
  EXPECT_FALSE(are_json_lines("{\"a\":1}"));
  EXPECT_FALSE(are_json_lines(""));
  EXPECT_TRUE(are_json_lines(" {\"a\":1}\r\n\r\n"));
}

TEST(JsonFormat, WithoutDurationsItSaysWhatToDo) {
  const auto bare = tell_format("{\"url\":\"/\",\"status\":200}\n", {});
  ASSERT_TRUE(bare.ok());
  EXPECT_FALSE((*bare)->has_duration());
  EXPECT_THAT((*bare)->duration_advice(), HasSubstr("fields: {duration: took}"));
  const auto named = tell_format("{\"url\":\"/\",\"status\":200,\"ms\":5}\n",
                                 {.who = "", .fields = {{"duration", "ms"}}, .duration_unit = ""});
  ASSERT_TRUE(named.ok());
  EXPECT_TRUE((*named)->has_duration());
}

TEST(JsonFormat, CanBeNamedAsItIsTold) {
  for (const char* name : {"json", "json nginx", "json pino", "json python"}) {
    const auto format = named_format(name, {});
    ASSERT_TRUE(format.ok()) << name;
    EXPECT_EQ((*format)->text(), name);
    EXPECT_TRUE((*format)->has_duration());
  }
  EXPECT_THAT(named_format("json perl", {}).error().message, HasSubstr("morgan or python"));
}

}  // namespace
}  // namespace wayside
