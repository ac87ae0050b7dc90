#pragma once

#include <prometheus/metric_family.h>

#include <string>
#include <vector>

namespace wayside {

// Adds families and samples to what a poller yields.
using FamilyList = std::vector<prometheus::MetricFamily>;
using LabelList = std::vector<prometheus::ClientMetric::Label>;

// One more family, without samples; one that stays so is on no page. The reference is good until
// the next family is added.
inline prometheus::MetricFamily& add_family(FamilyList& out, std::string name, std::string help,
                                            prometheus::MetricType type) {
  return out.emplace_back(prometheus::MetricFamily{std::move(name), std::move(help), type, {}});
}

// One more sample of a counter, a gauge or an untyped family.
inline void add_sample(prometheus::MetricFamily& family, double value, LabelList labels = {}) {
  prometheus::ClientMetric& metric = family.metric.emplace_back();
  metric.label = std::move(labels);
  switch (family.type) {
    case prometheus::MetricType::Counter:
      metric.counter.value = value;
      break;
    case prometheus::MetricType::Gauge:
      metric.gauge.value = value;
      break;
    default:
      metric.untyped.value = value;
      break;
  }
}

inline void add_gauge(FamilyList& out, std::string name, std::string help, double value,
                      LabelList labels = {}) {
  add_sample(add_family(out, std::move(name), std::move(help), prometheus::MetricType::Gauge),
             value, std::move(labels));
}

inline void add_counter(FamilyList& out, std::string name, std::string help, double value,
                        LabelList labels = {}) {
  add_sample(add_family(out, std::move(name), std::move(help), prometheus::MetricType::Counter),
             value, std::move(labels));
}

}  // namespace wayside
