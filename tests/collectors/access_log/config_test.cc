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
      "format: '$remote_addr \"$request\" $status $request_time'\n"
      "service: college-api\n"
      "start_at: beginning\n"
      "count: false\n"
      "who: $http_x_tenant\n");
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(config.count, false);
  EXPECT_EQ(config.options.who, "http_x_tenant");
  EXPECT_EQ(config.format, "$remote_addr \"$request\" $status $request_time");
  EXPECT_EQ(config.service, "college-api");
  EXPECT_TRUE(config.start_at_beginning);
  EXPECT_FALSE(read("path: a.log\nstart_at: end\n").config.start_at_beginning);
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
