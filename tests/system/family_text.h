#pragma once

#include <fmt/format.h>

#include <string>

#include "agent/system/family_list.h"

namespace wayside {

// Families as a person reads them, for golden files: `# TYPE name gauge`, then its samples.
inline std::string family_text(const FamilyList& families) {
  std::string text;
  for (const auto& family : families) {
    const bool counter = family.type == prometheus::MetricType::Counter;
    text += fmt::format("# TYPE {} {}\n", family.name, counter ? "counter" : "gauge");
    for (const auto& metric : family.metric) {
      std::string labels;
      for (const auto& label : metric.label) {
        labels += fmt::format("{}{}=\"{}\"", labels.empty() ? "" : ",", label.name, label.value);
      }
      const double value = counter ? metric.counter.value : metric.gauge.value;
      text += fmt::format("{}{{{}}} {}\n", family.name, labels, value);
    }
  }
  return text;
}

}  // namespace wayside
