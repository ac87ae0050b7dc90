#include "collectors/access_log/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/config_reading.h"

namespace wayside {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Read {
  AccessLogConfig config;
  std::vector<std::string> problems;
};

Read read(std::string_view yaml) {
  Read result;
  result.problems = ConfigReading{}.problems(
      yaml, [&](ConfigMap& map) { result.config = read_access_log_config(map); });
  return result;
}

TEST(AccessLogConfigs, APathIsEnough) {
  const auto [config, problems] = read("path: /var/log/nginx/access*.log\n");
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(config.path, "/var/log/nginx/access*.log");
  EXPECT_EQ(config.format, "auto");
  EXPECT_EQ(config.service, "");
  EXPECT_FALSE(config.start_at_beginning);
  EXPECT_FALSE(config.count);
  EXPECT_EQ(config.options.who, "");
}

TEST(AccessLogConfigs, EveryKeyIsRead) {
  const auto [config, problems] = read(
      "path: a.log\n"
      "format: '$remote_addr \"$request\" $status $request_time $http_x_tenant'\n"
      "service: college-api\n"
      "start_at: beginning\n"
      "count: false\n"
      "who: $http_x_tenant\n");
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(config.count, false);
  EXPECT_EQ(config.options.who, "http_x_tenant");
  EXPECT_EQ(config.format, "$remote_addr \"$request\" $status $request_time $http_x_tenant");
  EXPECT_EQ(config.service, "college-api");
  EXPECT_TRUE(config.start_at_beginning);
  EXPECT_FALSE(read("path: a.log\nstart_at: end\n").config.start_at_beginning);
}

TEST(AccessLogConfigs, ASocketOrTheJournalIsASourceAsWell) {
  const auto udp = read("listen: udp://127.0.0.1:5140\nformat: combined\n");
  EXPECT_THAT(udp.problems, IsEmpty());
  EXPECT_EQ(udp.config.name(), "udp://127.0.0.1:5140");
  const auto one = read("journal: nginx\nstart_at: beginning\n");
  EXPECT_THAT(one.problems, IsEmpty());
  EXPECT_EQ(one.config.name(), "journal:nginx.service");
  const auto two = read("journal: [nginx.service, app@1.service]\njournal_dir: /j\n");
  EXPECT_THAT(two.problems, IsEmpty());
  EXPECT_THAT(two.config.journal, ElementsAre("nginx.service", "app@1.service"));
  EXPECT_EQ(two.config.name(), "journal:nginx.service,app@1.service@/j");
}

TEST(AccessLogConfigs, TheWrapperOfAPathCanBeGiven) {
  EXPECT_EQ(read("path: a.log\n").config.wrapper, Wrapper::automatic);
  EXPECT_EQ(read("path: a.log\nwrapper: none\n").config.wrapper, Wrapper::none);
  EXPECT_EQ(read("path: a.log\nwrapper: docker\n").config.wrapper, Wrapper::docker);
  EXPECT_EQ(read("path: '-'\nwrapper: cri\n").config.wrapper, Wrapper::cri);
}

TEST(AccessLogConfigs, JsonLinesMayNameTheirKeys) {
  const auto [config, problems] = read(
      "path: a.log\n"
      "format: json\n"
      "fields: {duration: took, who: req.headers.x-tenant}\n"
      "duration_unit: us\n");
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_THAT(config.options.fields, ElementsAre(testing::Pair("duration", "took"),
                                                 testing::Pair("who", "req.headers.x-tenant")));
  EXPECT_EQ(config.options.duration_unit, "us");
  EXPECT_THAT(read("path: a.log\nfields: {path: uri}\n").problems, IsEmpty());
  EXPECT_THAT(read("path: a.log\nformat: json pino\n").problems, IsEmpty());
}

TEST(AccessLogConfigs, WhatIsWrongIsToldAtItsPlace) {
  struct Case {
    std::string yaml, place, part;
  };
  const std::vector<Case> cases = {
      {"format: auto\n", "wayside.yaml:1:1:", "path"},
      {"path: ''\n", "wayside.yaml:1:7:", "is empty"},
      {"path: /var/log/nginx/\n", "wayside.yaml:1:7:", "names a directory"},
      {"path: a.log\nformat: '$status$request'\n", "wayside.yaml:2:9:", "format"},
      {"path: a.log\nstart_at: middle\n", "wayside.yaml:2:11:", "beginning"},
      {"path: a.log\nstart: end\n", "wayside.yaml:2:1:", "start_at"},
      {"path: a.log\nlisten: udp://127.0.0.1:5140\n", "wayside.yaml:2:9:", "one source"},
      {"listen: udp://127.0.0.1:5140\njournal: nginx\n", "wayside.yaml:2:10:", "one source"},
      {"listen: udp://127.0.0.1\n", "wayside.yaml:1:9:", "no port"},
      {"listen: udp://127.0.0.1:5140\nstart_at: end\n", "wayside.yaml:2:11:", "start_at"},
      {"listen: udp://127.0.0.1:5140\nwrapper: cri\n", "wayside.yaml:2:10:", "wrapper"},
      {"path: a.log\nwrapper: dockre\n", "wayside.yaml:2:10:", "docker"},
      {"path: a.log\njournal_dir: /j\n", "wayside.yaml:2:14:", "journal"},
      {"journal: []\n", "wayside.yaml:1:10:", "names no unit"},
      {"journal: [nginx.service, 'a b']\n", "wayside.yaml:1:10:", "is no unit"},
      {"path: a.log\nfields: {took: duration}\n", "wayside.yaml:2:9:", "`took`"},
      {"path: a.log\nfields: {path: ''}\n", "wayside.yaml:2:9:", "no key for `path`"},
      {"path: a.log\nfields: uri\n", "wayside.yaml:2:9:", "a mapping"},
      {"path: a.log\nduration_unit: minutes\n", "wayside.yaml:2:16:", "one of s, ms, us, ns"},
      {"path: a.log\nformat: json perl\n", "wayside.yaml:2:9:", "json is written by nginx"},
      {"path: a.log\nformat: common\nduration_unit: s\n", "wayside.yaml:3:16:", "JSON lines"},
      {"path: a.log\ncount: no\n", "wayside.yaml:2:8:", "true or false"},
      {"path: a.log\nwho: ''\n", "wayside.yaml:2:6:", "is empty"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(read(c.yaml).problems,
                ElementsAre(testing::AllOf(HasSubstr(c.place), HasSubstr(c.part))))
        << c.yaml;
  }
}

}  // namespace
}  // namespace wayside
