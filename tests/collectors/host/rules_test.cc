// The rules of dashboards/rules/host.yaml, judged by promtool over what the collector itself
// yields: the series of a test are made from its page.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <string>

#include "tests/collectors/host/fixture_host.h"
#include "tests/collectors/host/host_page.h"
#include "tests/support/process.h"
#include "tests/support/series.h"
#include "tests/support/temp_dir.h"

namespace wayside {
namespace {

const std::filesystem::path kRules = WAYSIDE_FIXTURES "/../../dashboards/rules/host.yaml";
constexpr int kMinutes = 120;

support::Page page_now(const HostContext& context) {
  Facts facts;
  HostCollector collector(context, facts);
  FamilyList families;
  collector.poll({}, families);
  return support::parse_page(page_of(families));
}

std::string name_of(const support::Sample& sample) {
  std::string text = sample.name + "{instance=\"shop-1\",job=\"wayside\"";
  for (const auto& [name, value] : sample.labels) {
    text += fmt::format(",{}=\"{}\"", name, value);
  }
  return text + "}";
}

// One value a minute. A gauge stands at what it is in `end`; whatever counts, and the space left on
// a file system, goes on from `begin` by what it has more in `end`.
std::string input_series(const support::Page& begin, const support::Page& end) {
  std::map<std::string, double> from;
  for (const auto& sample : begin.samples) from[name_of(sample)] = sample.value;
  std::string yaml;
  for (const auto& sample : end.samples) {
    const std::string name = name_of(sample);
    const bool stands =
        end.types.at(sample.name) == "gauge" && sample.name != "node_filesystem_avail_bytes";
    const double first = stands ? sample.value : from.at(name);
    yaml += fmt::format("      - {{series: '{}', values: '{:f}{:+f}x{}'}}\n", name, first,
                        sample.value - first, kMinutes);
  }
  return yaml;
}

struct Expected {
  std::string expression;
  std::vector<std::pair<std::string, double>> samples;
};

std::string expectation(const Expected& expected) {
  std::string yaml = fmt::format("      - expr: '{}'\n        eval_time: {}m\n        exp_samples:",
                                 expected.expression, kMinutes);
  for (const auto& [labels, value] : expected.samples) {
    yaml += fmt::format("\n          - {{labels: '{}', value: {}}}", labels, value);
  }
  return yaml + (expected.samples.empty() ? " []\n" : "\n");
}

class HostRules : public testing::Test {
 protected:
  HostRules() {
    std::filesystem::copy(WAYSIDE_FIXTURES "/host", dir_.path(),
                          std::filesystem::copy_options::recursive);
    support::write_file(dir_ / "host.yaml", support::read_file(kRules));
  }
  // Puts `to` where `from` stands in a file of the host.
  void change(const std::string& path, const std::string& from, const std::string& to) const {
    std::string text = support::read_file(dir_ / "proc" / path);
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << path << " has no " << from;
    text.replace(at, from.size(), to);
    support::write_file(dir_ / "proc" / path, text);
  }
  // A minute of each of the three CPUs, in ticks.
  void let_cpus_run(int user, int idle) const {
    change("stat", "cpu0 270115 400 68170 3040011",
           fmt::format("cpu0 {} 400 68170 {}", 270'115 + user, 3'040'011 + idle));
    change("stat", "cpu1 271115 410 68171 3040012",
           fmt::format("cpu1 {} 410 68171 {}", 271'115 + user, 3'040'012 + idle));
    change("stat", "cpu3 271115 390 68170 3040011",
           fmt::format("cpu3 {} 390 68170 {}", 271'115 + user, 3'040'011 + idle));
  }
  void expect(const support::Page& begin, const support::Page& end,
              const std::vector<Expected>& expected) const {
    std::string yaml =
        "rule_files: [host.yaml]\nevaluation_interval: 1m\ntests:\n  - interval: 1m\n"
        "    input_series:\n" +
        input_series(begin, end) + "    promql_expr_test:\n";
    for (const Expected& each : expected) yaml += expectation(each);
    const auto done =
        support::run({"promtool", "test", "rules", dir_.file("test.yaml", yaml).string()});
    EXPECT_EQ(done.code, 0) << done.output << done.errors;
  }

  support::TempDir dir_;
  FixtureHost host_{dir_.path()};
};

int troubled_adjtimex(timex* clock) {
  FixtureHost::fake_adjtimex(clock);
  clock->offset = 250'000'000;  // ns
  clock->maxerror = 16'000'000;
  return TIME_ERROR;
}

// The root loses 51.2 MiB a minute and has a quarter of its size; the students' files are nearly
// full.
int filling_statvfs(const char* path, struct ::statvfs* values) {
  const int code = FixtureHost::fake_statvfs(path, values);
  values->f_bavail -= 13'107;
  if (std::string_view(path).ends_with(" files")) values->f_bavail = values->f_blocks / 25;
  return code;
}
int nearly_full_statvfs(const char* path, struct ::statvfs* values) {
  const int code = FixtureHost::fake_statvfs(path, values);
  if (std::string_view(path).ends_with(" files")) values->f_bavail = values->f_blocks / 25;
  return code;
}

constexpr auto kFiring = "group by (alertname) (ALERTS{alertstate=\"firing\"})";

TEST_F(HostRules, AreWellFormed) {
  const auto checked = support::run({"promtool", "check", "rules", kRules.string()});
  EXPECT_EQ(checked.code, 0) << checked.output << checked.errors;
}

TEST_F(HostRules, NameFamiliesThatTheCollectorHas) {
  std::set<std::string> known;
  for (const auto& [name, type] : page_now(host_.context()).types) known.insert(name);
  const std::string rules = support::read_file(kRules);
  const std::regex name("\\bnode_[a-z]\\w*(?=[\\s\\[{)])");
  std::size_t named = 0;
  for (std::sregex_iterator match(rules.begin(), rules.end(), name), end; match != end; ++match) {
    const std::string family = match->str();
    EXPECT_TRUE(known.contains(family)) << family;
    ++named;
  }
  EXPECT_GT(named, 20U);
}

TEST_F(HostRules, AreSilentWhileAllIsWell) {
  const auto begin = page_now(host_.context());
  let_cpus_run(1500, 4500);
  expect(begin, page_now(host_.context()),
         {{kFiring, {}},
          {"round(instance:node_cpu_busy:ratio5m, 0.0001)",
           {{"{instance=\"shop-1\",job=\"wayside\"}", 0.25}}},
          {"instance:node_memory_used:ratio",
           {{"instance:node_memory_used:ratio{instance=\"shop-1\",job=\"wayside\"}", 0.75}}},
          {"round(instance:node_load1_per_cpu:ratio, 0.0001)",
           {{"{instance=\"shop-1\",job=\"wayside\"}", 0.4167}}}});
}

TEST_F(HostRules, TellOfEachTrouble) {
  HostContext context = host_.context();
  context.calls.statvfs = nearly_full_statvfs;
  const auto begin = page_now(context);
  let_cpus_run(5700, 300);
  change("meminfo", "MemAvailable:    2009856", "MemAvailable:     200985");
  change("pressure/cpu", "total=811234567", "total=861234567");
  change("pressure/memory", "total=2012345", "total=12012345");
  change("pressure/io", "total=40412345", "total=70412345");
  change("diskstats", "402345", "461345");
  change("mdstat", "[2/2] [UU]", "[2/1] [_U]");
  change("vmstat", "oom_kill 2", "oom_kill 3");
  change("net/dev", "6120334    2", "6121334   52");
  change("net/netstat", "41 43 9120", "51 53 9120");
  change("sys/net/netfilter/nf_conntrack_count", "1204", "250000");
  change("sys/fs/file-nr", "2144", "800000");
  context.calls.adjtimex = troubled_adjtimex;
  context.calls.statvfs = filling_statvfs;
  std::vector<std::pair<std::string, double>> alerts;
  for (const char* alert :
       {"CpuBusy", "CpuPressure", "MemoryShort", "MemoryPressure", "OutOfMemoryKill", "IoPressure",
        "DiskSaturated", "DiskArrayDegraded", "FilesystemNearlyFull", "FilesystemFillsUp",
        "NetworkErrors", "ListenQueueOverflows", "ConnectionTableNearlyFull",
        "OpenFilesNearlyUsedUp", "ClockSkewed", "ClockNotSynchronized"}) {
    alerts.emplace_back(fmt::format("{{alertname=\"Host{}\"}}", alert), 1);
  }
  expect(begin, page_now(context),
         {{kFiring, alerts},
          {"round(instance:node_cpu_busy:ratio5m, 0.0001)",
           {{"{instance=\"shop-1\",job=\"wayside\"}", 0.95}}}});
}

}  // namespace
}  // namespace wayside
