#include "collectors/host/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/core/config_reading.h"

namespace wayside {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Read {
  HostConfig config;
  std::vector<std::string> problems;
};

Read read(const std::string& text) {
  Read read;
  read.problems = ConfigReading().problems(
      text, [&read](ConfigMap& map) { read.config = read_host_config(map); });
  return read;
}

TEST(HostConfigSection, EmptyIsEverythingEveryFiveSeconds) {
  const auto [config, problems] = read("{}");
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(config.interval, std::chrono::seconds(5));
  EXPECT_THAT(config.without, IsEmpty());
}

TEST(HostConfigSection, TakesAnIntervalAndPartsToLeaveOut) {
  const auto [config, problems] = read("{interval: 15s, without: [arp, timex]}");
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(config.interval, std::chrono::seconds(15));
  EXPECT_THAT(config.without, ElementsAre("arp", "timex"));
}

TEST(HostConfigSection, TakesPatternsOfWhatToIgnore) {
  const auto [config, problems] = read(
      "{filesystems_ignore: '^nfs4?$', devices_ignore: '', mount_points_ignore: '^/srv/(a|b)$'}");
  EXPECT_THAT(problems, IsEmpty());
  EXPECT_EQ(config.filesystems_ignore, "^nfs4?$");
  EXPECT_EQ(config.mount_points_ignore, "^/srv/(a|b)$");
  EXPECT_EQ(config.devices_ignore, "");
  EXPECT_THAT(read("filesystems_ignore: 'nfs('").problems,
              ElementsAre(HasSubstr("filesystems_ignore: is no pattern: missing )")));
  EXPECT_THAT(read("mount_points_ignore: '[a'").problems,
              ElementsAre(HasSubstr("mount_points_ignore: is no pattern: missing ]")));
}

TEST(HostConfigSection, WrongValuesAreNamed) {
  EXPECT_THAT(read("interval: 500ms").problems, ElementsAre(HasSubstr("is not between 1s and 1h")));
  EXPECT_THAT(read("interval: 2h").problems, ElementsAre(HasSubstr("is not between 1s and 1h")));
  EXPECT_THAT(read("without: [cpus]").problems,
              ElementsAre(HasSubstr("names `cpus`, which is none of arp, ")));
  EXPECT_THAT(read("witout: [cpu]").problems, ElementsAre(HasSubstr("without")));
}

}  // namespace
}  // namespace wayside
