#include "agent/store/rendered.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

namespace wayside {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

constexpr double kInf = std::numeric_limits<double>::infinity();

ClientMetric metric(std::vector<ClientMetric::Label> labels, double value = 1) {
  ClientMetric made;
  made.label = std::move(labels);
  made.gauge.value = value;
  made.counter.value = value;
  made.untyped.value = value;
  return made;
}

MetricFamily family(std::vector<ClientMetric> metrics, MetricType type = MetricType::Gauge) {
  return {.name = "f", .help = "Help.", .type = type, .metric = std::move(metrics)};
}

RenderedFamily rendered(const MetricFamily& from, std::string_view target = {}) {
  return render_family(from, target).value();
}

ClientMetric histogram(std::vector<ClientMetric::Bucket> buckets, std::uint64_t count) {
  ClientMetric made;
  made.histogram.bucket = std::move(buckets);
  made.histogram.sample_count = count;
  made.histogram.sample_sum = 2.5;
  return made;
}

TEST(Render, ANamesEndIsItsUnit) {
  const std::pair<std::string, std::string> cases[] = {{"node_cpu_seconds_total", "seconds"},
                                                       {"process_resident_memory_bytes", "bytes"},
                                                       {"cache_hit_ratio", "ratio"},
                                                       {"node_load1", ""},
                                                       {"node_netstat_Ip_InOctets", ""},
                                                       {"_bytes", ""},
                                                       {"kilobytes", ""},
                                                       {"things_total", ""}};
  for (const auto& [name, unit] : cases) {
    MetricFamily made = family({metric({})});
    made.name = name;
    EXPECT_EQ(rendered(made).desc.unit, unit) << name;
  }
}

TEST(Render, LabelsAreSortedEscapedAndMended) {
  const auto made = rendered(family({metric({{"b", "x\"\n\\"}, {"a", "\xFFy"}, {"c", ""}}, 2)}));
  ASSERT_EQ(made.samples.size(), 1U);
  EXPECT_EQ(made.samples[0].labels, R"(a=")"
                                    "\xEF\xBF\xBD"
                                    R"(y",b="x\"\n\\")");
  EXPECT_EQ(made.samples[0].number, 2);
  EXPECT_EQ(made.desc.labels, (std::vector<std::string>{"a", "b"}));
}

TEST(Render, TheTargetIsAddedUnlessASampleHasItsOwn) {
  const auto made = rendered(family({metric({{"z", "1"}}), metric({{"target", "mine"}})}), "main");
  ASSERT_EQ(made.samples.size(), 2U);
  EXPECT_EQ(made.samples[0].labels, R"(target="main",z="1")");
  EXPECT_EQ(made.samples[1].labels, R"(target="mine")");
}

TEST(Render, EachTypeBecomesItsKind) {
  EXPECT_EQ(rendered(family({metric({})}, MetricType::Counter)).desc.kind, Kind::counter);
  EXPECT_EQ(rendered(family({metric({})}, MetricType::Gauge)).desc.kind, Kind::gauge);
  EXPECT_EQ(rendered(family({metric({})}, MetricType::Untyped)).desc.kind, Kind::unknown);
  EXPECT_EQ(rendered(family({}, MetricType::Histogram)).desc.kind, Kind::histogram);
}

TEST(Render, SummariesAreRefusedByName) {
  const auto made = render_family(family({metric({})}, MetricType::Summary), {});
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().message, "f: summaries are not supported");
  EXPECT_FALSE(render({family({}), family({}, MetricType::Summary)}, {}).ok());
}

TEST(Render, WhatNoScrapeCouldCarryIsLeftOutAndCounted) {
  const auto made = rendered(
      family({metric({{"ok", "1"}}), metric({{"not ok", "1"}}), metric({{"a", "1"}, {"a", "2"}}),
              metric({{"__x", "1"}}), metric({{"ok", "1"}}, 9)}));
  ASSERT_EQ(made.samples.size(), 1U);
  EXPECT_EQ(made.samples[0].number, 1);  // of the same labels the first
  EXPECT_EQ(made.invalid, 4U);
}

TEST(Render, AFamilyWithABadNameHasNoSamples) {
  auto from = family({metric({}), metric({{"a", "1"}})});
  from.name = "no name\n";
  const auto made = rendered(from);
  EXPECT_TRUE(made.samples.empty());
  EXPECT_EQ(made.invalid, 2U);
}

TEST(Render, CumulativeBucketsBecomeCountsOfTheirOwn) {
  for (const bool states_infinity : {false, true}) {
    std::vector<ClientMetric::Bucket> buckets = {{2, 0.1}, {2, 0.5}, {5, 1}};
    if (states_infinity) buckets.push_back({9, kInf});
    const auto made = rendered(family({histogram(buckets, 9)}, MetricType::Histogram));
    ASSERT_EQ(made.samples.size(), 1U);
    const auto& sample = made.samples[0];
    EXPECT_EQ(sample.type, Value::Type::histogram);
    EXPECT_EQ(sample.bounds, (std::vector<double>{0.1, 0.5, 1}));
    EXPECT_EQ(sample.counts, (std::vector<std::uint64_t>{2, 0, 3, 4}));
    EXPECT_EQ(sample.number, 2.5);
  }
}

TEST(Render, WhatIsNoHistogramIsLeftOut) {
  const std::vector<ClientMetric> bad = {
      histogram({{2, 0.1}, {1, 0.5}}, 3),  // counts that fall
      histogram({{1, 0.5}, {2, 0.1}}, 3),  // bounds that fall
      histogram({{1, 0.5}, {2, 0.5}}, 3),  // the same bound twice
      histogram({{1, std::nan("")}}, 3),   // no bound at all
      histogram({{4, 0.1}}, 3),            // more in a bucket than in all
  };
  for (const auto& one : bad) {
    const auto made = rendered(family({one}, MetricType::Histogram));
    EXPECT_TRUE(made.samples.empty());
    EXPECT_EQ(made.invalid, 1U);
  }
}

}  // namespace
}  // namespace wayside
