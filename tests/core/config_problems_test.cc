// What every kind of wrong config is told: the whole text, with its place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/config_reading.h"

namespace wayside {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;

void read_all(ConfigMap& map) {
  map.text("text");
  map.boolean("boolean");
  map.number("number");
  map.integer("integer", 1, 9);
  map.duration("duration");
  map.size("size");
  map.choice("choice", {"begin", "end"});
  map.texts("texts");
  map.numbers("numbers");
  map.text_by_name("names");
  map.duration_by_name("durations");
  if (auto child = map.map("map")) {
    child->text("slow_after");
    child->text("buckets");
    child->finish();
  }
  for (auto& child : map.maps("maps")) {
    child.require("path");
    child.text("path");
    child.finish();
  }
}

struct Case {
  std::string_view text;
  std::vector<std::string> problems;
};

void check(const std::vector<Case>& cases) {
  const ConfigReading reading{.file = "w.yaml", .variables = {{"SECRET", "hunter2"}, {"E", ""}}};
  for (const Case& c : cases) {
    EXPECT_THAT(reading.problems(c.text, read_all), ElementsAreArray(c.problems)) << c.text;
  }
}

constexpr const char* kForms = "; write a duration as 250us, 250ms, 10s, 5m, 1h, 1d or 1m30s";

TEST(ConfigProblems, OfKeys) {
  check({
      {"map:\n  slow_afer: 1s\n",
       {"w.yaml:2:3: unknown key \"slow_afer\" in map; did you mean \"slow_after\"?"}},
      {"map: {zzz: 1}\n",
       {"w.yaml:1:7: unknown key \"zzz\" in map; known are: slow_after, buckets"}},
      {"maps: [{path: x}, {path: y, pth: 1}]",
       {"w.yaml:1:29: unknown key \"pth\" in maps[1]; did you mean \"path\"?"}},
      {"txet: 1", {"w.yaml:1:1: unknown key \"txet\"; did you mean \"text\"?"}},
      {"qqqqqqqq: 1",
       {"w.yaml:1:1: unknown key \"qqqqqqqq\"; known are: text, boolean, number, integer, "
        "duration, size, choice, texts, numbers, names, durations, map, maps"}},
      {"\"te\\nxt\\e\": 1", {"w.yaml:1:1: unknown key \"te?xt?\"; did you mean \"text\"?"}},
      {"map: {<<: {a: 1}}",
       {"w.yaml:1:7: unknown key \"<<\" in map; merge keys are not supported"}},
      {"text: a\nsize: 1kB\ntext: b\n\"text\": c\n",
       {"w.yaml:3:1: repeated key \"text\"; it stands in line 1 already",
        "w.yaml:4:1: repeated key \"text\"; it stands in line 1 already"}},
      {"names: {a: 1, b: 2, a: 3}",
       {"w.yaml:1:21: repeated key \"a\" in names; it stands in line 1 already"}},
      {"? [a]\n: 1\n", {"w.yaml:1:3: expected a text as key, found a list"}},
      {"map: {{a: 1}: 2, ~: 3}",
       {"w.yaml:1:7: expected a text as key in map, found a mapping",
        "w.yaml:1:18: expected a text as key in map, found nothing"}},
      {"maps: [{}]", {"w.yaml:1:8: missing key \"path\" in maps[0]"}},
  });
}

TEST(ConfigProblems, OfTypes) {
  check({
      {"text: [a]", {"w.yaml:1:7: text: expected a text, found a list"}},
      {"text: {a: 1}", {"w.yaml:1:7: text: expected a text, found a mapping"}},
      {"text:\nsize: 1kB", {"w.yaml:1:1: text: expected a text, found nothing"}},
      {"text: ~", {"w.yaml:1:7: text: expected a text, found nothing"}},
      {"boolean: yes", {"w.yaml:1:10: boolean: expected true or false, found \"yes\""}},
      {"boolean: True", {"w.yaml:1:10: boolean: expected true or false, found \"True\""}},
      {"number: 1,5", {"w.yaml:1:9: number: expected a number, found \"1,5\""}},
      {"number: .inf", {"w.yaml:1:9: number: expected a number, found \".inf\""}},
      {"number: inf", {"w.yaml:1:9: number: expected a number, found \"inf\""}},
      {"number: nan", {"w.yaml:1:9: number: expected a number, found \"nan\""}},
      {"number: 1e999", {"w.yaml:1:9: number: expected a number, found \"1e999\""}},
      {"number: ''", {"w.yaml:1:9: number: expected a number, found \"\""}},
      {"integer: 0", {"w.yaml:1:10: integer: expected a whole number from 1 to 9, found \"0\""}},
      {"integer: 10", {"w.yaml:1:10: integer: expected a whole number from 1 to 9, found \"10\""}},
      {"integer: -1", {"w.yaml:1:10: integer: expected a whole number from 1 to 9, found \"-1\""}},
      {"integer: 2.0",
       {"w.yaml:1:10: integer: expected a whole number from 1 to 9, found \"2.0\""}},
      {"integer: 18446744073709551617",
       {"w.yaml:1:10: integer: expected a whole number from 1 to 9, found "
        "\"18446744073709551617\""}},
      {"choice: middle", {"w.yaml:1:9: choice: expected one of begin, end, found \"middle\""}},
      {"choice: End", {"w.yaml:1:9: choice: expected one of begin, end, found \"End\""}},
      {"texts: a", {"w.yaml:1:8: texts: expected a list of texts, found a text"}},
      {"texts: [a, [b], {c: d}]",
       {"w.yaml:1:12: texts[1]: expected a text, found a list",
        "w.yaml:1:17: texts[2]: expected a text, found a mapping"}},
      {"numbers: 1", {"w.yaml:1:10: numbers: expected a list of numbers, found a text"}},
      {"numbers:\n", {"w.yaml:1:1: numbers: expected a list of numbers, found nothing"}},
      {"numbers: [1, x, 2, y]",
       {"w.yaml:1:14: numbers[1]: expected a number, found \"x\"",
        "w.yaml:1:20: numbers[3]: expected a number, found \"y\""}},
      {"names: [a]", {"w.yaml:1:8: names: expected a mapping, found a list"}},
      {"names: {a: [1], 'b c': {}}",
       {"w.yaml:1:12: names.a: expected a text, found a list",
        "w.yaml:1:24: names[\"b c\"]: expected a text, found a mapping"}},
      {"map: 3", {"w.yaml:1:6: map: expected a mapping, found a text"}},
      {"map: []", {"w.yaml:1:6: map: expected a mapping, found a list"}},
      {"maps: x", {"w.yaml:1:7: maps: expected a list of mappings, found a text"}},
      {"maps: [x, {path: a}, ~]",
       {"w.yaml:1:8: maps[0]: expected a mapping, found a text",
        "w.yaml:1:22: maps[2]: expected a mapping, found nothing"}},
  });
}

TEST(ConfigProblems, OfQuantities) {
  const std::string sizes = "; write a size as 512, 64KiB, 64MiB, 2GiB or 64kB, 64MB, 2GB";
  check({
      {"duration: 10",
       {"w.yaml:1:11: duration: expected a duration, found \"10\": no unit" + std::string(kForms)}},
      {"duration: -5s",
       {"w.yaml:1:11: duration: expected a duration, found \"-5s\": a duration is never negative" +
        std::string(kForms)}},
      {"durations: {\"/api/report\": 3}",
       {"w.yaml:1:28: durations[\"/api/report\"]: expected a duration, found \"3\": no unit" +
        std::string(kForms)}},
      {"duration: [1s]", {"w.yaml:1:11: duration: expected a duration, found a list"}},
      {"size: 64M", {"w.yaml:1:7: size: expected a size, found \"64M\": unknown unit" + sizes}},
      {"size: much", {"w.yaml:1:7: size: expected a size, found \"much\": not a size" + sizes}},
      {"size: ~", {"w.yaml:1:7: size: expected a size, found nothing"}},
  });
}

TEST(ConfigProblems, OfYaml) {
  check({
      // The library tells one byte of a character of two.
      {"a: \"b\\\xD4\x82\"\n", {"w.yaml:1:8: not valid YAML: unknown escape character: \uFFFD"}},
      {"a: [1\n", {"w.yaml:2:1: not valid YAML: end of sequence flow not found"}},
      {"text: a\n b: c\n",
       {"w.yaml:2:3: not valid YAML: illegal map value; check the indentation, and quote a text "
        "that holds \": \""}},
      {"map:\n    buckets: 1\n  slow_after: 2\n",
       {"w.yaml:3:3: not valid YAML: end of map not found; check the indentation and quotes "
        "here"}},
      {"text: *x\n", {"w.yaml:1:7: not valid YAML: the referenced anchor is not defined"}},
      {"text: 'a\nsize: 1\n",
       {"w.yaml:3:2: not valid YAML: illegal EOF in scalar; a quote is never closed"}},
      {"text: \"a\n",
       {"w.yaml:2:2: not valid YAML: illegal EOF in scalar; a quote is never closed"}},
      {"{text: a} size\n",
       {"w.yaml:1:11: the settings ended before this; a config is a single YAML document"}},
      {"- a\n- b\n", {"w.yaml:1:1: expected a mapping of settings, found a list"}},
      {"password", {"w.yaml:1:1: expected a mapping of settings, found a text"}},
      {"text: a\n---\ntext: b\n",
       {"w.yaml:2:1: the settings ended before this; a config is a single YAML document"}},
      {"%text: a\n", {"w.yaml:1:1: a line cannot begin with %"}},
      {"text: a\nsize: \x04 1kB\n", {"w.yaml:2:7: a control character"}},
      {"text: a\nsize: \xC3\xA9\xFF\n", {"w.yaml:2:9: not valid UTF-8"}},
      {"texts: &t [a, *t]\n", {"w.yaml:1:15: an alias of a node that contains it"}},
      {"text: \"a\\0b\"", {"w.yaml:1:7: text: holds the character NUL"}},
  });
}

TEST(ConfigProblems, OfAWholeFileComeAtOnceInItsOrder) {
  check({{
      "size: 1\n"
      "duration: 5\n"
      "map:\n"
      "  buckts: 1\n"
      "  slow_after: ${NOPE}\n"
      "numbers: [a]\n"
      "size: 2\n"
      "extra: 1\n"
      "maps:\n"
      "  - path: ${SECRET}\n"
      "    path: x\n",
      {"w.yaml:2:11: duration: expected a duration, found \"5\": no unit" + std::string(kForms),
       "w.yaml:4:3: unknown key \"buckts\" in map; did you mean \"buckets\"?",
       "w.yaml:5:15: map.slow_after: ${NOPE} is not set; set it, or give a default as in "
       "${NOPE:-default}",
       "w.yaml:6:11: numbers[0]: expected a number, found \"a\"",
       "w.yaml:7:1: repeated key \"size\"; it stands in line 1 already",
       "w.yaml:8:1: unknown key \"extra\"; known are: text, boolean, number, integer, duration, "
       "size, choice, texts, numbers, names, durations, map, maps",
       "w.yaml:11:5: repeated key \"path\" in maps[0]; it stands in line 10 already"},
  }});
}

TEST(ConfigProblems, NeverShowWhatTheEnvironmentHolds) {
  const std::string env = "a value from the environment";
  check({
      {"number: ${SECRET}", {"w.yaml:1:9: number: expected a number, found " + env}},
      {"boolean: x${SECRET}", {"w.yaml:1:10: boolean: expected true or false, found " + env}},
      {"choice: ${SECRET}", {"w.yaml:1:9: choice: expected one of begin, end, found " + env}},
      {"duration: ${SECRET}",
       {"w.yaml:1:11: duration: expected a duration, found " + env + ": not a duration" + kForms}},
      {"integer: ${E}",
       {"w.yaml:1:10: integer: expected a whole number from 1 to 9, found " + env}},
      {"text: {file: \"/${SECRET}/${E}\"}",
       {"w.yaml:1:7: text: the file \"/${SECRET}/${E}\" cannot be read: No such file or "
        "directory"}},
  });
}

TEST(ConfigProblems, AreBoundedInNumberAndLength) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "unknown_" + std::to_string(i) + ": 1\n";
  const auto problems = ConfigReading{}.problems(text, read_all);
  ASSERT_EQ(problems.size(), 1001U);
  EXPECT_EQ(problems.front(), "wayside.yaml: more than 1000 problems; not all are shown");
  EXPECT_TRUE(problems.back().starts_with("wayside.yaml:1000:1: unknown key"));
  const auto shown = ConfigReading{}.problems("number: " + std::string(50'000, 'x'), read_all);
  ASSERT_EQ(shown.size(), 1U);
  EXPECT_LT(shown[0].size(), 200U);
  EXPECT_TRUE(shown[0].ends_with("xxx…\"")) << shown[0];
}

TEST(ConfigProblems, FilesOverOneMebibyteAreRefused) {
  const std::string comment = "# " + std::string((1 << 20) - 2, 'x');
  EXPECT_THAT(ConfigReading{}.problems(comment, read_all), ElementsAre());
  EXPECT_THAT(ConfigReading{}.problems(comment + "x", read_all),
              ElementsAre("wayside.yaml:1:1: larger than 1 MiB"));
}

TEST(ConfigProblems, DeepNestingAndAliasesOfAliasesAreRefused) {
  for (const char* piece : {"[", "{", "- ", "? ", "a: [", "{a: "}) {
    std::string deep;
    while (deep.size() < 100'000) deep += piece;
    const auto problems = ConfigReading{}.problems(deep, read_all);
    ASSERT_EQ(problems.size(), 1U) << piece;
    EXPECT_NE(problems[0].find("nested too deep"), std::string::npos) << problems[0];
  }
  std::string laughs = "a: &a [x, x, x, x, x, x, x, x, x, x]\n";
  for (char name = 'b'; name < 'k'; ++name) {
    laughs += std::string(1, name) + ": &" + name + " [";
    for (int i = 0; i < 10; ++i) laughs += std::string(i == 0 ? "*" : ", *") + char(name - 1);
    laughs += "]\n";
  }
  const auto problems = ConfigReading{}.problems(laughs, read_all);
  ASSERT_FALSE(problems.empty());
  EXPECT_NE(problems[0].find("aliases make this file too large"), std::string::npos);
}

}  // namespace
}  // namespace wayside
