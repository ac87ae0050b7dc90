#include "collectors/processes/config.h"

#include <re2/re2.h>

#include <array>
#include <charconv>
#include <string_view>
#include <utility>

#include "collectors/processes/group_matcher.h"

namespace wayside {
namespace {

// The longest the kernel keeps (TASK_COMM_LEN without its end).
constexpr std::size_t kMostOfComm = 15;
constexpr std::array<std::string_view, 7> kConditions = {"comm",   "command", "exe",  "user",
                                                         "cgroup", "unit",    "ports"};

std::vector<std::string> read_list(ConfigMap& map, std::string_view key) {
  auto values = map.text_or_texts(key);
  bool empty = map.has(key) && values.empty();
  for (const std::string& value : values) empty = empty || value.empty();
  if (empty) map.problem(key, "is empty; leave it out, or say what must be so");
  return values;
}

void read_comm(ConfigMap& map, ProcessGroupConfig& config) {
  config.comm = read_list(map, "comm");
  for (const std::string& comm : config.comm) {
    if (comm.size() <= kMostOfComm) continue;
    map.problem("comm", "\"" + comm + "\" has more than 15 bytes, which is all the kernel keeps (" +
                            comm.substr(0, kMostOfComm) + "); use `command` for more");
  }
}

void read_command(ConfigMap& map, ProcessGroupConfig& config) {
  auto pattern = map.text("command");
  if (!pattern) return;
  if (pattern->empty()) {
    map.problem("command", "is empty; it is a pattern found in the command line");
  }
  const re2::RE2 compiled(*pattern, re2::RE2::Quiet);
  if (!compiled.ok()) map.problem("command", "is no pattern: " + compiled.error());
  config.command = std::move(*pattern);
}

void read_ports(ConfigMap& map, ProcessGroupConfig& config) {
  const auto texts = map.text_or_texts("ports");
  if (map.has("ports") && texts.empty()) map.problem("ports", "names no port");
  for (const std::string& text : texts) {
    std::uint16_t port = 0;
    const char* end = text.data() + text.size();
    const auto parsed = std::from_chars(text.data(), end, port);
    if (parsed.ec != std::errc{} || parsed.ptr != end || port == 0) {
      map.problem("ports", "\"" + text + "\" is no port; it is a number from 1 to 65535");
      continue;
    }
    config.ports.push_back(port);
  }
}

void check_conditions(ConfigMap& map) {
  for (const std::string_view key : kConditions) {
    if (map.has(key)) return;
  }
  map.problem("name",
              "has no condition beside it: comm, command, exe, user, cgroup, unit or ports");
}

// With its length in front, so that no text can pass for another's end.
void append(std::string& out, std::string_view text) {
  out += std::to_string(text.size()) + ':';
  out += text;
}

void append(std::string& out, const std::vector<std::string>& texts) {
  append(out, std::to_string(texts.size()));
  for (const std::string& text : texts) append(out, text);
}

}  // namespace

std::string identity_of(std::span<const ProcessGroupConfig> groups) {
  std::string out;
  for (const ProcessGroupConfig& group : groups) {
    for (const std::string& text : {group.name, group.service, group.command}) append(out, text);
    for (const auto* list : {&group.comm, &group.exe, &group.user, &group.cgroup, &group.unit}) {
      append(out, *list);
    }
    for (const std::string& user : group.user) {
      const auto number = user_number(user);
      append(out, number ? std::to_string(*number) : "");
    }
    append(out, std::to_string(group.ports.size()));
    for (const std::uint16_t port : group.ports) append(out, std::to_string(port));
    append(out, group.children ? "children" : "");
    append(out, std::to_string(group.max_workers));
  }
  return out;
}

ProcessGroupConfig read_process_group_config(ConfigMap& map) {
  ProcessGroupConfig config;
  config.name = map.text("name").value_or("");
  if (!map.has("name")) map.require("name");
  if (map.has("name") && config.name.empty()) map.problem("name", "is empty");
  config.service = map.text("service").value_or(config.name);
  read_comm(map, config);
  read_command(map, config);
  config.exe = read_list(map, "exe");
  config.user = read_list(map, "user");
  config.cgroup = read_list(map, "cgroup");
  config.unit = read_list(map, "unit");
  read_ports(map, config);
  config.children = map.boolean("children").value_or(config.children);
  config.max_workers =
      map.integer("max_workers", 1, ProcessGroupConfig::kMostWorkers).value_or(config.max_workers);
  check_conditions(map);
  map.finish();
  return config;
}

}  // namespace wayside
