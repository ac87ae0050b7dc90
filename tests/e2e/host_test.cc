// The collector `host` beside the exporter whose families it speaks, and in slow requests.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/e2e/agent_process.h"
#include "tests/e2e/node_exporter.h"
#include "tests/support/temp_dir.h"
#include "tests/support/wait.h"

namespace wayside::e2e {
namespace {

// One look at wayside that lies wholly between two at node_exporter.
struct Looks {
  support::Page before, ours, after;
};

class HostBesideNodeExporter : public testing::Test {
 protected:
  void SetUp() override {
    agent_.configure("collectors:\n  host: {interval: 1s}\n");
    ASSERT_TRUE(agent_.start());
    ASSERT_TRUE(exporter_.start());
  }

  // The page of a later poll than the one that `page` tells of.
  support::Page next_page(const support::Page& page) const {
    support::Page next;
    EXPECT_TRUE(support::wait_until([&] {
      next = agent_.page();
      return next.sum("node_time_seconds") > page.sum("node_time_seconds");
    }));
    return next;
  }
  // The second poll after `before` began after it.
  [[nodiscard]] Looks look() const {
    Looks looks;
    looks.before = exporter_.page();
    looks.ours = next_page(next_page(agent_.page()));
    looks.after = exporter_.page();
    return looks;
  }

  support::TempDir dir_;
  Agent agent_{dir_.path()};
  NodeExporter exporter_;
};

std::set<Series> keys(const SeriesMap& series) {
  std::set<Series> keys;
  for (const auto& [key, value] : series) keys.insert(key);
  return keys;
}

// What node_exporter told both times wayside has to tell, and nothing that it told neither time.
void expect_same_series(const Looks& looks) {
  const auto before = keys(node_series(looks.before));
  const auto after = keys(node_series(looks.after));
  const auto ours = keys(node_series(looks.ours));
  for (const Series& series : ours) {
    EXPECT_TRUE(before.contains(series) || after.contains(series)) << "more: " << to_text(series);
  }
  for (const Series& series : before) {
    if (!after.contains(series) || !is_spoken(series.first)) continue;
    EXPECT_TRUE(ours.contains(series)) << "missing: " << to_text(series);
  }
}

void expect_same_types(const Looks& looks) {
  std::size_t compared = 0;
  for (const auto& [family, type] : looks.ours.types) {
    if (!family.starts_with("node_")) continue;
    const auto theirs = looks.before.types.find(family);
    if (theirs == looks.before.types.end()) continue;
    EXPECT_EQ(type, theirs->second) << family;
    ++compared;
  }
  EXPECT_GT(compared, 100U);
}

using Differing = std::map<Series, std::string>;

Differing differing(const Looks& looks) {
  const auto before = node_series(looks.before);
  const auto after = node_series(looks.after);
  Differing differing;
  for (const auto& [series, ours] : node_series(looks.ours)) {
    if (!before.contains(series) || !after.contains(series)) continue;
    const auto type = looks.ours.types.at(series.first);
    if (agrees(series.first, type, before.at(series), ours, after.at(series))) continue;
    differing[series] = to_text(series) + " is " + std::to_string(ours) + ", not between " +
                        std::to_string(before.at(series)) + " and " +
                        std::to_string(after.at(series));
  }
  return differing;
}

TEST_F(HostBesideNodeExporter, NamesLabelsTypesAndValuesAgree) {
  const Looks looks = look();
  expect_same_types(looks);
  expect_same_series(looks);
  // A gauge may move and be back between two looks: what agrees once is right.
  Differing wrong = differing(looks);
  for (int again = 0; again < 15 && !wrong.empty(); ++again) {
    const Differing now = differing(look());
    std::erase_if(wrong, [&now](const auto& each) { return !now.contains(each.first); });
  }
  for (const auto& [series, text] : wrong) ADD_FAILURE() << text;
}

TEST(HostInSlowRequests, TheyKnowHowTheHostFared) {
  const support::TempDir dir;
  const std::string log = dir.file("access.log", "").string();
  Agent agent(dir.path());
  agent.configure("service: api\ncollectors:\n  host: {}\n  access_log: {path: " + log +
                  ", start_at: beginning, format: '$msec \"$request\" $status $request_time'}\n");
  ASSERT_TRUE(agent.start());
  std::string lines;
  const auto request_was_told = [&] {
    const auto now = std::to_string(std::time(nullptr));
    lines += now + ".000 \"GET /report HTTP/1.1\" 200 3.200\n";
    support::write_file(log, lines);
    for (const auto& event : agent.events("slow_request")) {
      if (event["context"].contains("cpu_share")) return true;
    }
    return false;
  };
  // The CPUs' share takes two looks, a second apart.
  ASSERT_TRUE(support::wait_until(request_was_told, support::kPatience, std::chrono::seconds{1}))
      << agent.output();
  const auto context = agent.events("slow_request").back()["context"];
  for (const char* share : {"cpu_share", "memory_used_share"}) {
    ASSERT_TRUE(context.contains(share)) << context;
    EXPECT_GE(context[share].get<double>(), 0) << share;
    EXPECT_LE(context[share].get<double>(), 1) << share;
  }
  EXPECT_GT(context.value("memory_available_bytes", 0.0), 0) << context;
  EXPECT_GE(context.value("load1", -1.0), 0) << context;
}

}  // namespace
}  // namespace wayside::e2e
