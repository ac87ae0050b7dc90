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

TEST(ProcessGroupIdentity, IsThatOfAllThatEntriesSay) {
  const ProcessGroupConfig plain{.name = "api", .service = "api", .comm = {"a", "b"}};
  const auto of = [](const ProcessGroupConfig& one) { return identity_of({&one, 1}); };
  EXPECT_EQ(of(plain), of(ProcessGroupConfig(plain)));
  EXPECT_FALSE(of(plain).empty());
  const auto other = [&](const auto& change) {
    ProcessGroupConfig changed = plain;
    change(changed);
    EXPECT_NE(of(changed), of(plain));
  };
  other([](auto& group) { group.name = "b"; });
  other([](auto& group) { group.service = "b"; });
  other([](auto& group) { group.comm = {"ab"}; });
  other([](auto& group) { group.comm = {"b", "a"}; });
  other([](auto& group) { group.exe = std::exchange(group.comm, {}); });
  other([](auto& group) { group.command = "x"; });
  other([](auto& group) { group.user = {"root"}; });
  other([](auto& group) { group.cgroup = {"/x"}; });
  other([](auto& group) { group.unit = {"x"}; });
  other([](auto& group) { group.ports = {1}; });
  other([](auto& group) { group.children = false; });
  other([](auto& group) { group.max_workers = 3; });
  EXPECT_NE(identity_of(std::vector{plain, plain}), of(plain));
}

}  // namespace
}  // namespace wayside
