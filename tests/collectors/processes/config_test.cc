#include "collectors/processes/config.h"

#include <gtest/gtest.h>

#include <string>

#include "collectors/processes/group_matcher.h"

namespace wayside {
namespace {

// The problems of one entry, or what it reads as.
std::string problems_of(const std::string& entry, ProcessGroupConfig& config) {
  ConfigContext context;
  read_config("processes: " + entry + "\n", context, [&](ConfigMap& top) {
    for (ConfigMap& section : top.maps("processes")) config = read_process_group_config(section);
  });
  std::string text;
  for (const auto& problem : context.problems) text += problem.message + "\n";
  return text;
}

TEST(ProcessGroupConfig, ReadsEveryKey) {
  ProcessGroupConfig config;
  EXPECT_EQ(problems_of("{name: api, service: college, comm: node, command: 'x.*y', exe: [node, "
                        "/usr/bin/node], user: www-data, cgroup: /a, unit: api, ports: [80, 443], "
                        "children: false, max_workers: 8}",
                        config),
            "");
  EXPECT_EQ(config.service, "college");
  EXPECT_EQ(config.exe.size(), 2U);
  EXPECT_EQ(config.ports, (std::vector<std::uint16_t>{80, 443}));
  EXPECT_FALSE(config.children);
  EXPECT_EQ(config.max_workers, 8U);
}

TEST(ProcessGroupConfig, TheServiceIsTheNameWhereNothingIsSaid) {
  ProcessGroupConfig config;
  EXPECT_EQ(problems_of("{name: api, comm: node}", config), "");
  EXPECT_EQ(config.service, "api");
  EXPECT_TRUE(config.children);
}

TEST(ProcessGroupConfig, SaysWhatIsWrong) {
  const std::pair<const char*, const char*> kWrong[] = {
      {"{name: api}", "has no condition beside it"},
      {"{comm: node}", "missing key \"name\""},
      {"{name: '', comm: node}", "name: is empty"},
      {"{name: a, command: '('}", "is no pattern: missing ): ("},
      {"{name: a, command: ''}", "command: is empty"},
      {"{name: a, comm: sixteen-bytes-xy}", "more than 15 bytes"},
      {"{name: a, comm: []}", "comm: is empty"},
      {"{name: a, ports: 0}", "\"0\" is no port"},
      {"{name: a, ports: 65536}", "\"65536\" is no port"},
      {"{name: a, ports: []}", "names no port"},
      {"{name: a, comm: b, max_workers: 0}", "max_workers"},
      {"{name: a, comm: b, comand: c}", "did you mean \"command\""},
  };
  for (const auto& [entry, message] : kWrong) {
    ProcessGroupConfig config;
    EXPECT_NE(problems_of(entry, config).find(message), std::string::npos)
        << entry << ": " << problems_of(entry, config);
  }
}

TEST(GroupMatcher, AllConditionsMustHoldAndTheFirstEntryWins) {
  const GroupMatcher matcher({{.name = "a", .comm = {"x", "node"}, .command = "one"},
                              {.name = "b", .comm = {"node"}},
                              {.name = "c", .exe = {"python3"}},
                              {.name = "d", .exe = {"/opt/d"}, .user = {"0"}},
                              {.name = "e", .unit = {"api"}},
                              {.name = "f", .user = {"no such user"}}});
  EXPECT_EQ(matcher.match({.comm = "node", .command = "one two"}), 0U);
  EXPECT_EQ(matcher.match({.comm = "node", .command = "two"}), 1U);
  EXPECT_EQ(matcher.match({.comm = "nodes", .command = "one"}), std::nullopt);
  EXPECT_EQ(matcher.match({.exe = "/usr/bin/python3"}), 2U);
  EXPECT_EQ(matcher.match({.exe = "/usr/bin/python3 (deleted)"}), 2U);
  EXPECT_EQ(matcher.match({.exe = "/opt/d", .user = 0}), 3U);
  EXPECT_EQ(matcher.match({.exe = "/opt/d", .user = 1}), std::nullopt);
  EXPECT_EQ(matcher.match({.exe = "/opt/d"}), std::nullopt);
  EXPECT_EQ(matcher.match({.cgroup = "0::/system.slice/api.service\n"}), 4U);
}

}  // namespace
}  // namespace wayside
