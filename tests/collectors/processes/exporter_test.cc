// Beside Debian's process-exporter, over the same real processes.
#include <gtest/gtest.h>
#include <sys/types.h>
#include <unistd.h>

#include <map>
#include <set>
#include <string>

#include "agent/store/exposition.h"
#include "collectors/processes/collector.h"
#include "tests/collectors/processes/watched.h"
#include "tests/support/http.h"
#include "tests/support/process.h"
#include "tests/support/series.h"
#include "tests/support/temp_dir.h"
#include "tests/support/wait.h"

namespace wayside {
namespace {

constexpr const char* kExporter = "/usr/bin/prometheus-process-exporter";
constexpr const char* kFront = "namedprocess_namegroup_";

// A group of one shell that has a child, under a name that no other process has.
class BesideProcessExporter : public testing::Test {
 protected:
  void SetUp() override {
    if (support::find_program({kExporter}).empty()) GTEST_SKIP() << kExporter << " is not here";
    const auto config =
        dir_.file("process.yml", "process_names:\n  - {name: busy, cmdline: ['" + mark_ + "']}\n");
    exporter_.emplace(
        support::Command{.words = {kExporter, "-threads=false", "-config.path=" + config.string(),
                                   "-web.listen-address=127.0.0.1:" + std::to_string(port_)}});
    const auto answers = [&] { return support::http_get(port_, "/metrics").status == 200; };
    ASSERT_TRUE(support::wait_until(answers));
  }
  support::Page theirs() const {
    return support::parse_page(support::http_get(port_, "/metrics").body);
  }
  FamilyList ours() {
    FamilyList families;
    EXPECT_EQ(collector_.poll({}, families).state, Outcome::State::ok);
    return families;
  }
  static double sum(const FamilyList& families, const std::string& name) {
    double sum = 0;
    for (const auto& family : families) {
      if (family.name != name) continue;
      for (const auto& metric : family.metric) {
        sum += family.type == prometheus::MetricType::Counter ? metric.counter.value
                                                              : metric.gauge.value;
      }
    }
    return sum;
  }

  std::string mark_ = "wayside-beside-" + std::to_string(::getpid());
  support::TempDir dir_;
  std::uint16_t port_ = support::free_port();
  support::Process busy_{support::Command{
      .words = {"/bin/sh", "-c", "sleep 300 & trap \"kill $!; exit\" TERM; while :; do :; done",
                mark_}}};
  std::optional<support::Process> exporter_;
  SystemClock clock_;
  Environment environment_{.clock = &clock_};
  KeptEvents events_;
  Facts facts_;
  NullLog log_;
  ProcessesCollector collector_{{{.name = "busy", .service = "busy", .command = mark_}},
                                {environment_, events_, facts_, log_}};
};

std::string series_of(const std::string& name, const std::map<std::string, std::string>& labels) {
  std::string text = name;
  for (const auto& [label, value] : labels) text += " " + label + "=" + value;
  return text;
}

TEST_F(BesideProcessExporter, NamesLabelsAndTypesAreTheirs) {
  std::set<std::string> their_series;
  std::map<std::string, std::string> their_types;
  support::Page page;
  // Proportional memory comes with the second look.
  ASSERT_TRUE(support::wait_until([&] {
    page = theirs();
    return page.sum("namedprocess_namegroup_num_procs") == 2;
  }));
  for (const auto& sample : page.samples) {
    // Where threads wait in the kernel is not told.
    if (!sample.name.starts_with(kFront) || sample.name.ends_with("_wchan")) continue;
    their_series.insert(series_of(sample.name, sample.labels));
    their_types[sample.name] = page.types.at(sample.name);
  }
  std::set<std::string> our_series;
  std::map<std::string, std::string> our_types;
  for (const auto& family : ours()) {
    if (!family.name.starts_with(kFront)) continue;
    const bool counter = family.type == prometheus::MetricType::Counter;
    our_types[family.name] = counter ? "counter" : "gauge";
    for (const auto& metric : family.metric) {
      std::map<std::string, std::string> labels;
      for (const auto& label : metric.label) labels[label.name] = label.value;
      our_series.insert(series_of(family.name, labels));
    }
  }
  EXPECT_EQ(our_series, their_series);
  EXPECT_EQ(our_types, their_types);
}

TEST_F(BesideProcessExporter, FiguresAgree) {
  ASSERT_TRUE(
      support::wait_until([&] { return theirs().sum("namedprocess_namegroup_num_procs") == 2; }));
  const std::string cpu = "namedprocess_namegroup_cpu_seconds_total";
  const auto our_first = ours();
  const double their_first = theirs().sum(cpu);
  ASSERT_TRUE(support::wait_until([&] { return theirs().sum(cpu) >= their_first + 1; }));
  const auto our_last = ours();
  const auto page = theirs();
  for (const char* name :
       {"num_procs", "num_threads", "open_filedesc", "worst_fd_ratio", "read_bytes_total"}) {
    EXPECT_EQ(sum(our_last, std::string(kFront) + name), page.sum(std::string(kFront) + name))
        << name;
  }
  EXPECT_NEAR(sum(our_last, std::string(kFront) + "oldest_start_time_seconds"),
              page.sum(std::string(kFront) + "oldest_start_time_seconds"), 1);
  // Of one process that does nothing but run, between two reads of each.
  const double ours_used = sum(our_last, cpu) - sum(our_first, cpu);
  const double theirs_used = page.sum(cpu) - their_first;
  EXPECT_GT(ours_used, 0.5);
  EXPECT_NEAR(ours_used, theirs_used, 0.5 * theirs_used);
}

}  // namespace
}  // namespace wayside
