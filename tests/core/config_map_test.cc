#include "agent/core/config_map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/config_reading.h"

namespace wayside {
namespace {

using std::chrono::microseconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

std::vector<std::string> read(std::string_view text, const std::function<void(ConfigMap&)>& fn) {
  return ConfigReading{}.problems(text, fn);
}

TEST(ConfigMaps, GiveEveryKindOfValue) {
  const char* kText =
      "text: college-api\n"
      "yes: true\n"
      "no: false\n"
      "number: -2.5e3\n"
      "integer: 18446744073709551615\n"
      "duration: 1m30s\n"
      "size: 64MiB\n"
      "choice: end\n"
      "texts: [a, 'b: c', 3]\n"
      "numbers: [0.005, 1, 1e3]\n"
      "names: {env: prod, \"a b\": ''}\n"
      "durations: {\"/api/report\": 3s}\n";
  EXPECT_THAT(read(kText,
                   [](ConfigMap& map) {
                     EXPECT_EQ(map.text("text"), "college-api");
                     EXPECT_EQ(map.boolean("yes"), true);
                     EXPECT_EQ(map.boolean("no"), false);
                     EXPECT_EQ(map.number("number"), -2500.0);
                     EXPECT_EQ(map.integer("integer", 0, UINT64_MAX), UINT64_MAX);
                     EXPECT_EQ(map.duration("duration"), microseconds{90'000'000});
                     EXPECT_EQ(map.size("size"), 67'108'864U);
                     EXPECT_EQ(map.choice("choice", {"begin", "end"}), 1U);
                     EXPECT_THAT(map.texts("texts"), ElementsAre("a", "b: c", "3"));
                     EXPECT_THAT(*map.numbers("numbers"), ElementsAre(0.005, 1, 1000));
                     EXPECT_THAT(map.text_by_name("names"),
                                 ElementsAre(Pair("env", "prod"), Pair("a b", "")));
                     EXPECT_THAT(map.duration_by_name("durations"),
                                 ElementsAre(Pair("/api/report", microseconds{3'000'000})));
                   }),
              IsEmpty());
}

TEST(ConfigMaps, GiveNothingForAnAbsentKey) {
  EXPECT_THAT(read("x: 1",
                   [](ConfigMap& map) {
                     EXPECT_TRUE(map.has("x"));
                     EXPECT_FALSE(map.has("y"));
                     map.text("x");
                     EXPECT_EQ(map.text("y"), std::nullopt);
                     EXPECT_EQ(map.boolean("y"), std::nullopt);
                     EXPECT_EQ(map.number("y"), std::nullopt);
                     EXPECT_EQ(map.integer("y", 0, 1), std::nullopt);
                     EXPECT_EQ(map.duration("y"), std::nullopt);
                     EXPECT_EQ(map.size("y"), std::nullopt);
                     EXPECT_EQ(map.choice("y", {"a"}), std::nullopt);
                     EXPECT_EQ(map.numbers("y"), std::nullopt);
                     EXPECT_THAT(map.texts("y"), IsEmpty());
                     EXPECT_THAT(map.text_by_name("y"), IsEmpty());
                     EXPECT_THAT(map.duration_by_name("y"), IsEmpty());
                     EXPECT_FALSE(map.map("y"));
                     EXPECT_TRUE(map.maps("y").empty());
                   }),
              IsEmpty());
}

TEST(ConfigMaps, NestAndTellTheirPath) {
  const char* kText =
      "collectors:\n"
      "  access_log:\n"
      "    - {path: a.log}\n"
      "    - path: b.log\n"
      "      format: [x]\n"
      "  redis: {url: u, nmae: cache}\n";
  EXPECT_THAT(
      read(kText,
           [](ConfigMap& map) {
             auto collectors = map.map("collectors");
             ASSERT_TRUE(collectors);
             auto logs = collectors->maps("access_log");
             ASSERT_EQ(logs.size(), 2U);
             EXPECT_EQ(logs[0].text("path"), "a.log");
             EXPECT_EQ(logs[1].text("path"), "b.log");
             for (auto& log : logs) {
               log.text("format");
               log.finish();
             }
             auto redis = collectors->maps("redis");
             ASSERT_EQ(redis.size(), 1U);
             redis[0].text("url");
             redis[0].text("name");
             redis[0].finish();
             collectors->finish();
           }),
      ElementsAre(
          "wayside.yaml:5:15: collectors.access_log[1].format: expected a text, found a list",
          "wayside.yaml:6:19: unknown key \"nmae\" in collectors.redis; did you mean "
          "\"name\"?"));
}

TEST(ConfigMaps, OfNothingAreEmpty) {
  for (const char* text : {"", "\n\n", "# a comment\n", "---\n", "~", "{}", "\xEF\xBB\xBF"}) {
    bool called = false;
    EXPECT_THAT(read(text,
                     [&called](ConfigMap& map) {
                       called = true;
                       EXPECT_FALSE(map.has("service"));
                     }),
                IsEmpty());
    EXPECT_TRUE(called) << text;
  }
}

TEST(ConfigMaps, NullIsAnEmptyMappingOrListOrNames) {
  EXPECT_THAT(read("map:\nmaps: ~\ntexts:\nnames: null\n",
                   [](ConfigMap& map) {
                     auto child = map.map("map");
                     ASSERT_TRUE(child);
                     child->finish();
                     EXPECT_TRUE(map.maps("maps").empty());
                     EXPECT_THAT(map.texts("texts"), IsEmpty());
                     EXPECT_THAT(map.text_by_name("names"), IsEmpty());
                   }),
              IsEmpty());
}

TEST(ConfigMaps, AChildReportsUnknownKeysOnce) {
  EXPECT_THAT(read("a: {x: 1}",
                   [](ConfigMap& map) {
                     auto child = map.map("a");
                     child->finish();
                     child->finish();
                   }),
              ElementsAre("wayside.yaml:1:5: unknown key \"x\" in a; no keys are known there"));
}

TEST(ConfigMaps, AMovedChildStaysUsable) {
  EXPECT_THAT(read("a: {x: 1}",
                   [](ConfigMap& map) {
                     auto child = map.map("a");
                     ConfigMap moved(std::move(*child));
                     EXPECT_EQ(moved.text("x"), "1");
                     moved.finish();
                   }),
              IsEmpty());
}

TEST(ConfigMaps, ProblemsOfTheReaderStandAtTheValueOrTheMapping) {
  EXPECT_THAT(read("requests:\n  buckets: [2, 1]\nother: 1\n",
                   [](ConfigMap& map) {
                     auto requests = map.map("requests");
                     requests->numbers("buckets");
                     requests->problem("buckets", "bounds must ascend");
                     requests->problem("routes", "none given");
                     requests->require("name");
                     requests->finish();
                     map.text("other");
                     map.problem("/odd key", "is odd");
                     map.require("service");
                   }),
              ElementsAre("wayside.yaml:1:1: [\"/odd key\"]: is odd",
                          "wayside.yaml:1:1: missing key \"service\"",
                          "wayside.yaml:2:3: requests.routes: none given",
                          "wayside.yaml:2:3: missing key \"name\" in requests",
                          "wayside.yaml:2:12: requests.buckets: bounds must ascend"));
}

TEST(ConfigMaps, ARequiredKeyIsKnown) {
  EXPECT_THAT(read("name: x", [](ConfigMap& map) { map.require("name"); }), IsEmpty());
}

TEST(ConfigMaps, PathsStartAtTheConfigsFolder) {
  const ConfigReading reading{.file = "/etc/wayside/wayside.yaml", .variables = {{"D", "/srv"}}};
  const auto problems = reading.problems(
      "{a: x/y.pem, b: /z.pem, c: \"${D}/z\", d: {file: x}, e: \"\"}", [](ConfigMap& map) {
        EXPECT_EQ(map.path("a"), "/etc/wayside/x/y.pem");
        EXPECT_EQ(map.path("b"), "/z.pem");
        EXPECT_EQ(map.path("c"), "/srv/z");
        for (const char* key : {"d", "e", "absent"}) EXPECT_FALSE(map.path(key)) << key;
      });
  EXPECT_THAT(problems, testing::ElementsAre(testing::HasSubstr("expected the path of a file"),
                                             testing::HasSubstr("a path is not empty")));
}

TEST(ConfigMaps, AliasesStandForWhatTheyName) {
  EXPECT_THAT(read("a: &a {x: [1, 2]}\nb: *a\n",
                   [](ConfigMap& map) {
                     for (const char* key : {"a", "b"}) {
                       auto child = map.map(key);
                       ASSERT_TRUE(child);
                       EXPECT_THAT(*child->numbers("x"), ElementsAre(1, 2));
                       child->finish();
                     }
                   }),
              IsEmpty());
}

TEST(ConfigMaps, ProblemsWithoutALineNameTheFileOnly) {
  EXPECT_EQ((ConfigProblem{"a.yaml", 0, 0, "is gone"}).text(), "a.yaml: is gone");
  EXPECT_EQ((ConfigProblem{"a.yaml", 4, 3, "is odd"}).text(), "a.yaml:4:3: is odd");
}

}  // namespace
}  // namespace wayside
