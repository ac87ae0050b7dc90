#include "agent/store/exposition.h"

#include <gtest/gtest.h>
#include <prometheus/counter.h>
#include <prometheus/registry.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tests/store/recorded_page.h"

namespace wayside {
namespace {

using prometheus::MetricFamily;
using prometheus::MetricType;
using Values = std::vector<std::string_view>;
using Labels = std::vector<prometheus::ClientMetric::Label>;

MetricFamily gauge(std::string name, Labels labels, double value) {
  prometheus::ClientMetric metric;
  metric.label = std::move(labels);
  metric.gauge.value = value;
  return {
      .name = std::move(name), .help = "Polled.", .type = MetricType::Gauge, .metric = {metric}};
}

class Fixed final : public prometheus::Collectable {
 public:
  explicit Fixed(std::vector<MetricFamily> families) : families_(std::move(families)) {}
  [[nodiscard]] std::vector<MetricFamily> Collect() const override { return families_; }

 private:
  std::vector<MetricFamily> families_;
};

class Throwing final : public prometheus::Collectable {
 public:
  [[nodiscard]] std::vector<MetricFamily> Collect() const override {
    throw std::runtime_error("no");
  }
};

std::shared_ptr<Snapshot> polled(const std::vector<MetricFamily>& families,
                                 std::string_view target = {}) {
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->publish(render(families, target).value());
  return snapshot;
}

class ExpositionTest : public testing::Test {
 protected:
  // A gauge family of the store with one series.
  void stored(const std::string& name, std::vector<std::string> labels, const Values& values,
              double value) {
    FamilyDesc desc;
    desc.name = name;
    desc.help = "Stored.";
    desc.kind = Kind::gauge;
    desc.labels = std::move(labels);
    Shard::set(shard_.series(store_.declare(desc).value(), values), value);
  }
  [[nodiscard]] RecordedPage page() const { return RecordedPage::of(exposition_); }
  [[nodiscard]] double left_out(const std::string& family, const std::string& reason) const {
    return page().number("wayside_exposition_conflicts_total{family=\"" + family + "\",reason=\"" +
                         reason + "\"}");
  }

  ManualClock clock_;
  Store store_{clock_};
  Shard shard_ = store_.shard().value();
  Exposition exposition_{store_};
};

TEST_F(ExpositionTest, AllSourcesComeInOneOrderOfNames) {
  stored("m", {}, {}, 1);
  exposition_.add(polled({gauge("z", {}, 2), gauge("a", {}, 3)}));
  exposition_.add(std::make_shared<Fixed>(std::vector{gauge("n", {}, 4)}));
  const auto all = page();
  EXPECT_TRUE(std::is_sorted(all.names.begin(), all.names.end()));
  EXPECT_EQ(all.number("a{}") + all.number("m{}") * 10, 13);
  EXPECT_EQ(all.number("n{}") + all.number("z{}") * 10, 24);
}

TEST_F(ExpositionTest, AFamilyOfSeveralSourcesIsOneGroup) {
  stored("hits", {"cache"}, {"nginx"}, 1);
  exposition_.add(polled({gauge("hits", {{"cache", "redis"}}, 2)}, "main"));
  exposition_.add(polled({gauge("hits", {{"cache", "redis"}}, 3)}, "other"));
  const auto all = page();
  EXPECT_EQ(std::count(all.names.begin(), all.names.end(), "hits"), 1);
  EXPECT_EQ(all.descs.at("hits").help, "Stored.");
  EXPECT_EQ(all.descs.at("hits").labels, (std::vector<std::string>{"cache", "target"}));
  EXPECT_EQ(all.number("hits{cache=\"nginx\"}"), 1);
  EXPECT_EQ(all.number("hits{cache=\"redis\",target=\"main\"}"), 2);
  EXPECT_EQ(all.number("hits{cache=\"redis\",target=\"other\"}"), 3);
}

TEST_F(ExpositionTest, TheSameSeriesOfASecondSourceIsLeftOutAndCounted) {
  stored("g", {"z", "a"}, {"1", "2"}, 1);
  exposition_.add(polled({gauge("g", {{"a", "2"}, {"z", "1"}}, 7)}));
  const auto all = page();
  EXPECT_EQ(all.number("g{z=\"1\",a=\"2\"}"), 1);
  EXPECT_FALSE(all.all.contains("g{a=\"2\",z=\"1\"}"));
  EXPECT_EQ(left_out("g", "duplicate"), 1);
}

TEST_F(ExpositionTest, AnotherKindUnderTheSameNameIsLeftOutAndCounted) {
  stored("g", {}, {}, 1);
  auto other = gauge("g", {{"a", "1"}}, 7);
  other.type = MetricType::Counter;
  exposition_.add(polled({other}));
  EXPECT_FALSE(page().all.contains("g{a=\"1\"}"));
  EXPECT_EQ(left_out("g", "kind"), 1);
  EXPECT_EQ(left_out("g", "kind"), 2);  // at each visit
}

TEST_F(ExpositionTest, ADeclaredFamilyStandsBeforeItHasSeries) {
  FamilyDesc desc;
  desc.name = "g";
  desc.kind = Kind::counter;
  ASSERT_TRUE(store_.declare(desc).ok());
  exposition_.add(polled({gauge("g", {}, 7)}));
  EXPECT_FALSE(page().descs.contains("g"));
}

TEST_F(ExpositionTest, ANameThatAHistogramsSamplesHaveIsLeftOut) {
  FamilyDesc desc;
  desc.name = "h";
  desc.kind = Kind::histogram;
  desc.bounds = {1};
  ASSERT_TRUE(store_.declare(desc).ok());
  exposition_.add(polled({gauge("h_count", {}, 7), gauge("h_other", {}, 8)}));
  EXPECT_FALSE(page().descs.contains("h_count"));
  EXPECT_EQ(page().number("h_other{}"), 8);
  EXPECT_GE(left_out("h_count", "shadowed"), 1);
}

// OpenMetrics keeps that name for when the histogram was made.
TEST_F(ExpositionTest, TheNameOfAHistogramsCreatedTimeIsLeftOut) {
  FamilyDesc desc;
  desc.name = "h";
  desc.kind = Kind::histogram;
  ASSERT_TRUE(store_.declare(desc).ok());
  exposition_.add(polled({gauge("h_created", {}, 7)}));
  EXPECT_FALSE(page().descs.contains("h_created"));
  EXPECT_GE(left_out("h_created", "shadowed"), 1);
}

TEST_F(ExpositionTest, InvalidNamesThatAreMendedIntoOneAreCountedAsOne) {
  exposition_.add(polled({gauge("\xFF", {}, 1), gauge("\xFE", {}, 1)}));
  const std::string longest(1024, 'x');
  exposition_.add(polled({gauge(longest + "y", {}, 1), gauge(longest + "z", {}, 1)}));
  EXPECT_TRUE(page().names.empty());
  EXPECT_EQ(left_out("\xEF\xBF\xBD", "invalid"), 2);
  EXPECT_EQ(left_out(longest, "invalid"), 4);
  EXPECT_EQ(page().repeated, 0U);
}

TEST_F(ExpositionTest, InvalidSamplesAreCounted) {
  exposition_.add(polled({gauge("bad name", {}, 1), gauge("g", {{"a b", "1"}}, 1)}));
  EXPECT_TRUE(page().names.empty());
  EXPECT_EQ(left_out("bad name", "invalid"), 1);
  EXPECT_EQ(left_out("g", "invalid"), 2);
}

TEST_F(ExpositionTest, ACollectableThatThrowsLosesNothingElse) {
  stored("m", {}, {}, 1);
  exposition_.add(std::make_shared<Throwing>());
  exposition_.add(std::make_shared<Fixed>(std::vector{gauge("n", {}, 4)}));
  const auto all = page();
  EXPECT_EQ(all.number("m{}"), 1);
  EXPECT_EQ(all.number("n{}"), 4);
  EXPECT_EQ(left_out("_other", "failed"), 1);
}

TEST_F(ExpositionTest, ASummaryOfACollectableLosesNothingElse) {
  auto summary = gauge("s", {}, 1);
  summary.type = MetricType::Summary;
  exposition_.add(std::make_shared<Fixed>(std::vector{summary, gauge("n", {}, 4)}));
  EXPECT_EQ(page().number("n{}"), 4);
  EXPECT_EQ(left_out("s", "kind"), 1);
}

TEST_F(ExpositionTest, ARegistryOfPrometheusCppShowsItsCounters) {
  const auto registry = std::make_shared<prometheus::Registry>();
  auto& lines =
      prometheus::BuildCounter().Name("wayside_lines_total").Help("H").Register(*registry);
  lines.Add({{"source", "a"}}).Increment(5);
  exposition_.add(registry);
  EXPECT_EQ(page().number("wayside_lines_total{source=\"a\"}"), 5);
}

TEST_F(ExpositionTest, WhatWasRemovedIsGoneAndWhatIsPublishedReplaces) {
  const auto snapshot = polled({gauge("a", {}, 1)});
  const auto own = std::make_shared<Fixed>(std::vector{gauge("b", {}, 2)});
  exposition_.add(snapshot);
  exposition_.add(own);
  snapshot->publish(render({gauge("c", {}, 3)}, {}).value());
  EXPECT_EQ(page().names, (std::vector<std::string>{"b", "c"}));
  exposition_.remove(snapshot);
  exposition_.remove(own);
  EXPECT_TRUE(page().names.empty());
}

TEST_F(ExpositionTest, FamiliesOfSomeCollectorsOrTargetsCanBeAskedFor) {
  FamilyDesc desc;
  desc.name = "shared_total";
  desc.kind = Kind::counter;
  const FamilyId id = store_.declare(desc, "statsd").value();
  EXPECT_EQ(store_.declare(desc, "access_log").value(), id);
  Shard::add(shard_.series(id, {}));
  exposition_.add(polled({gauge("hits", {}, 2)}, "cache"), {"redis", "cache"});
  exposition_.add(std::make_shared<Fixed>(std::vector{gauge("own", {}, 4)}));
  EXPECT_EQ(exposition_.origins(),
            (std::vector<SampleOrigin>{
                {"access_log", ""}, {"redis", "cache"}, {"self", ""}, {"statsd", ""}}));
  const auto names = [this](std::vector<std::string> collectors, std::vector<std::string> targets) {
    Selection selection;
    selection.collectors = std::move(collectors);
    selection.targets = std::move(targets);
    return RecordedPage::of(exposition_, selection).names;
  };
  using Names = std::vector<std::string>;
  EXPECT_EQ(names({"access_log"}, {}), (Names{"shared_total"}));
  EXPECT_EQ(names({"statsd", "redis"}, {}), (Names{"hits", "shared_total"}));
  EXPECT_EQ(names({}, {"cache"}), (Names{"hits"}));
  EXPECT_EQ(names({"self"}, {}), (Names{"own", "wayside_series", "wayside_series_overflow_total"}));
  EXPECT_EQ(names({}, {""}),
            (Names{"own", "shared_total", "wayside_series", "wayside_series_overflow_total"}));
  EXPECT_TRUE(names({"redis"}, {""}).empty());
}

TEST_F(ExpositionTest, ASnapshotThatWasNeverPublishedIsEmpty) {
  exposition_.add(std::make_shared<Snapshot>());
  EXPECT_TRUE(page().names.empty());
}

TEST_F(ExpositionTest, SnapshotsArePublishedBesideVisits) {
  const auto snapshot = polled({gauge("a", {}, 0)});
  exposition_.add(snapshot);
  {
    const std::jthread publisher([&](const std::stop_token& stop) {
      for (int i = 0; !stop.stop_requested(); ++i) {
        snapshot->publish(render({gauge("a", {}, i)}, {}).value());
      }
    });
    for (int i = 0; i < 200; ++i) ASSERT_EQ(page().names, std::vector<std::string>{"a"});
  }
}

TEST(LeftOut, RowsAreBounded) {
  LeftOut left_out;
  for (int i = 0; i < 3'000; ++i) left_out.count(std::to_string(i), "kind", 1);
  const auto family = left_out.rendered();
  EXPECT_EQ(family.samples.size(), LeftOut::kMaxRows + 1);
  std::uint64_t total = 0;
  for (const auto& sample : family.samples) total += sample.integer;
  EXPECT_EQ(total, 3'000U);
}

}  // namespace
}  // namespace wayside
