#include "agent/core/event_text.h"

#include <gtest/gtest.h>

#include <limits>

namespace wayside {
namespace {

Event slow() {
  Event event{.at = WallTime{Micros{1'700'000'000'123'456}},
              .level = Level::warn,
              .name = "slow_request",
              .message = "Slow request",
              .fields = nlohmann::ordered_json::object()};
  event.fields["route"] = "/api/students/:id";
  event.fields["duration"] = 1.25;
  event.fields["status"] = 200;
  return event;
}

TEST(JsonLine, FixedFieldsComeFirstThenTheOthersInTheirOrder) {
  EXPECT_EQ(json_line(slow()),
            R"({"time":"2023-11-14T22:13:20.123Z","level":"warn","event":"slow_request",)"
            R"("message":"Slow request","route":"/api/students/:id","duration":1.25,"status":200})"
            "\n");
}

TEST(JsonLine, AnEventWithoutNameHasNoSuchField) {
  Event event = slow();
  event.name.clear();
  EXPECT_EQ(json_line(event).find("\"event\""), std::string::npos);
}

TEST(JsonLine, AFieldCannotRepeatAFixedOne) {
  Event event = slow();
  event.fields["message"] = "forged";
  event.fields["time"] = 0;
  const std::string line = json_line(event);
  EXPECT_EQ(line.find("forged"), std::string::npos);
  EXPECT_EQ(line.find("\"time\""), line.rfind("\"time\""));
}

TEST(JsonLine, IllFormedUtf8IsReplacedInKeysAndValues) {
  Event event = slow();
  event.message = "\xff\xfe";
  event.fields["k\x80"] = "v\xc3";
  const std::string line = json_line(event);
  const auto parsed = nlohmann::ordered_json::parse(line, nullptr, false);
  ASSERT_FALSE(parsed.is_discarded());
  EXPECT_EQ(parsed["message"], "\xef\xbf\xbd\xef\xbf\xbd");
  EXPECT_EQ(parsed["k\xef\xbf\xbd"], "v\xef\xbf\xbd");
}

TEST(JsonLine, IsOneLineWhateverItHolds) {
  Event event = slow();
  event.message = "a\nb\r\n";
  event.fields["nan"] = std::numeric_limits<double>::quiet_NaN();
  const std::string line = json_line(event);
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  EXPECT_NE(line.find("\"nan\":null"), std::string::npos);
}

TEST(JsonLine, FieldsThatAreNoObjectAreLeftOut) {
  Event event = slow();
  event.fields = nullptr;
  EXPECT_TRUE(json_line(event).ends_with("\"message\":\"Slow request\"}\n"));
}

TEST(TextLine, TellsTimeLevelMessageAndFacts) {
  EXPECT_EQ(text_line(slow(), false),
            "2023-11-14T22:13:20.123Z warn  Slow request event=slow_request "
            "route=/api/students/:id duration=1.25 status=200\n");
}

TEST(TextLine, ColoursTheLevelAlone) {
  const std::string line = text_line(slow(), true);
  EXPECT_NE(line.find(" \x1b[33mwarn \x1b[0m Slow request"), std::string::npos);
}

TEST(TextLine, NestedFieldsStandInBraces) {
  Event event = slow();
  event.fields = {{"upstreams", {{{"address", "10.0.0.1:80"}, {"status", 502}}, {{"status", 200}}}},
                  {"context", {{"p50", 0.30000000000000004}, {"requests_10s", 12}}},
                  {"cut", false},
                  {"none", nullptr}};
  EXPECT_NE(text_line(event, false)
                .find("upstreams=[{address=10.0.0.1:80 status=502} {status=200}] "
                      "context={p50=0.3 requests_10s=12} cut=false none=null\n"),
            std::string::npos);
}

struct Quoted {
  const char* text;
  const char* shown;
};

TEST(TextLine, StringsAreQuotedWhereTheirEndsWouldBeUnclear) {
  const Quoted cases[] = {{"plain", "f=plain"},
                          {"", "f=\"\""},
                          {"two words", "f=\"two words\""},
                          {"a=b", "f=\"a=b\""},
                          {"say \"hi\"", R"(f="say \"hi\"")"},
                          {"back\\slash", R"(f="back\\slash")"},
                          {"x} level=error", "f=\"x} level=error\""}};
  for (const Quoted& c : cases) {
    Event event = slow();
    event.fields = {{"f", c.text}};
    EXPECT_TRUE(text_line(event, false).ends_with(std::string(" ") + c.shown + "\n")) << c.text;
  }
}

TEST(EscapeForTerminal, NothingCommandsTheTerminalOrBreaksTheLine) {
  const std::pair<std::string, std::string> cases[] = {
      {"plain \xc3\xbc \xe0\xa6\x95 \xf0\x9f\x9a\x82",
       "plain \xc3\xbc \xe0\xa6\x95 \xf0\x9f\x9a\x82"},
      {"a\nb\rc\td", "a\\nb\\rc\\td"},
      {"\x1b[2J", "\\x1b[2J"},
      {std::string("\0\x7f", 2), "\\x00\\x7f"},
      {"\xc2\x9b[31m", "\\x9b[31m"},        // CSI as one C1 character
      {"\xe2\x80\xae gnp", "\\u202e gnp"},  // right-to-left override
      {"\xe2\x81\xa6", "\\u2066"},          // isolate
      {"\xe2\x80\xa8", "\\u2028"},          // line separator
      {"\x9b", "\xef\xbf\xbd"},             // C1 as a stray byte
      {"\xf0\x9f", "\xef\xbf\xbd"},         // cut short
      {"\\x1b", "\\\\x1b"}};
  for (const auto& [text, shown] : cases) EXPECT_EQ(escape_for_terminal(text), shown);
}

}  // namespace
}  // namespace wayside
