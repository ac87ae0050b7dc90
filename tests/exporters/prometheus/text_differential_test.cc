#include <gtest/gtest.h>
#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <cstdlib>
#include <memory>
#include <random>
#include <string>

#include "agent/store/exposition.h"
#include "exporters/prometheus/format/text_encoder.h"
#include "tests/exporters/prometheus/page_map.h"

namespace wayside {
namespace {

// What prometheus-cpp's serializer gets right: plain names, help without escapes, values that 16
// digits hold. Bounds are chosen so that both write `le` alike.
std::shared_ptr<prometheus::Registry> filled_registry() {
  auto registry = std::make_shared<prometheus::Registry>();
  auto& counters = prometheus::BuildCounter().Name("c_total").Help("C").Register(*registry);
  auto& gauges = prometheus::BuildGauge().Name("g").Help("G").Register(*registry);
  auto& times = prometheus::BuildHistogram().Name("h_seconds").Help("H").Register(*registry);
  std::mt19937_64 random(4);
  for (int i = 0; i < 300; ++i) {
    const std::map<std::string, std::string> labels = {
        {"route", "/api/\"" + std::to_string(i) + "\"\\\n"}, {"service", "s"}};
    counters.Add(labels).Increment(static_cast<double>(random() >> (12 + random() % 50)));
    gauges.Add(labels).Set(-static_cast<double>(random() % 1'000'000) / 64);
    auto& time = times.Add(labels, prometheus::Histogram::BucketBoundaries{0.005, 0.25, 2.5});
    for (int n = 0; n < i % 7; ++n) time.Observe(static_cast<double>(random() % 4000) / 1024);
  }
  return registry;
}

TEST(TextDifferential, ThePageHoldsWhatPrometheusCppWrites) {
  const auto registry = filled_registry();
  const PageMap theirs(prometheus::TextSerializer().Serialize(registry->Collect()));

  const SystemClock clock;
  const Store store(clock);
  Exposition exposition(store);
  exposition.add(registry);
  std::string page;
  TextEncoder encoder(MetricsFormat::text, {}, [&](std::string_view piece) {
    page += piece;
    return true;
  });
  exposition.visit(encoder);
  encoder.finish();
  const PageMap ours(page);

  EXPECT_EQ(ours.repeated, 0U);
  EXPECT_EQ(ours.help, theirs.help);
  EXPECT_EQ(ours.type, theirs.type);
  ASSERT_EQ(ours.samples.size(), theirs.samples.size());
  ASSERT_EQ(ours.samples.size(), 300U * (2 + 4 + 2));
  for (const auto& [series, value] : theirs.samples) {
    const auto found = ours.samples.find(series);
    ASSERT_NE(found, ours.samples.end()) << series;
    EXPECT_EQ(std::strtod(found->second.c_str(), nullptr), std::strtod(value.c_str(), nullptr))
        << series;
  }
}

}  // namespace
}  // namespace wayside
